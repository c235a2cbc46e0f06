"""A folder of pages with every question: read in a browser, without a server and without a network.

`index.html` lists and searches, `questions/<topic>/<slug>.html` is a question whose answers are
hidden until somebody opens them. Pages refer to each other by relative addresses alone, and without
JavaScript all but the search works.
"""

import json
import shutil
from pathlib import Path
from typing import Any, Final

from knowledge.bank import QuestionBank
from knowledge.errors import Fault, InvalidBank
from knowledge.publishing.pages import FOLDER, environment
from knowledge.publishing.searching import search_index
from knowledge.question import Question

MARKER: Final = ".interview-coach-site"
"""Tells a folder that may be written anew from one with somebody's files in it."""


def write_site(bank: QuestionBank, folder: Path) -> int:
    """Write the pages of a bank into a folder, in place of an earlier site, and return how many.

    Raises:
        InvalidBank: the folder holds something else.
        OSError: it cannot be written.
    """
    _cleared(folder)
    assets = folder / "assets"
    shutil.copytree(FOLDER / "assets", assets)
    (assets / "questions.js").write_text(_search_data(bank), encoding="utf-8")
    pages = environment()
    topics = [(topic, bank.by_topic(topic.id)) for topic in bank.topics]
    topics = [(topic, questions) for topic, questions in topics if questions]
    levels = sorted({question.difficulty for question in bank})
    index = pages.get_template("index.html").render(
        topics=topics, count=len(bank), found_levels=levels, root=""
    )
    (folder / "index.html").write_text(index, encoding="utf-8")
    page = pages.get_template("question.html")
    for topic, questions in topics:
        (folder / "questions" / topic.id).mkdir(parents=True)
        for place, question in enumerate(questions):
            text = page.render(
                question=question,
                topic=topic,
                before=questions[place - 1] if place else None,
                after=questions[place + 1] if place + 1 < len(questions) else None,
                root="../../",
            )
            path = folder / "questions" / f"{topic.id}" / f"{place_name(question)}.html"
            path.write_text(text, encoding="utf-8")
    return len(bank) + 1


def place_name(question: Question) -> str:
    """Return the name of a question's page in the folder of its topic."""
    return question.id.partition("/")[2]


def _cleared(folder: Path) -> None:
    """Make room for a site, where there is none yet or only an earlier one."""
    if folder.exists() and not folder.is_dir():
        raise _refused(folder, "it is no folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise _refused(folder, "it holds other files")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).touch()
    for name in ("assets", "questions"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _refused(folder: Path, problem: str) -> InvalidBank:
    return InvalidBank((Fault(str(folder), "", problem, "Name a new or an empty folder"),))


def _search_data(bank: QuestionBank) -> str:
    """Return a script that hands the search what it looks through and shows."""
    entries = [_entry(question) for question in bank]
    return _assigned("QUESTIONS", entries) + _assigned("SEARCH", search_index(bank))


def _assigned(name: str, value: object) -> str:
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # A script ends at its first closing tag, whatever stands around it.
    return f"window.{name} = " + data.replace("</", "<\\/") + ";\n"


def _entry(question: Question) -> dict[str, Any]:
    return {
        "url": f"questions/{question.topic}/{place_name(question)}.html",
        "topic": question.topic,
        "level": question.difficulty,
        "prompt": question.prompt,
    }
