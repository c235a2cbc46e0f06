"""Templates and the words around questions, for everything that is written as HTML."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from knowledge.question import KeyPoint, PointRole, Question, QuestionKind

FOLDER: Final = Path(str(files("knowledge.publishing")))

LEVELS: Final[Mapping[int, str]] = {
    1: "first steps",
    2: "easy",
    3: "medium",
    4: "hard",
    5: "for specialists",
}
"""A difficulty as people say it."""

KINDS: Final[Mapping[QuestionKind, str]] = {
    QuestionKind.CONCEPT: "explain",
    QuestionKind.COMPARISON: "compare",
    QuestionKind.DESIGN: "design",
    QuestionKind.BEHAVIOURAL: "tell a story",
}


def environment() -> Environment:
    """Return the templates, in which every text is escaped."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["markdown"] = html_of
    made.globals.update(levels=LEVELS, kinds=KINDS, essential=essential, bonus=bonus)
    return made


def html_of(markdown: str) -> Markup:
    """Return Markdown as HTML; tags in it are shown as they were written."""
    rendered: Any = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    return Markup(rendered)  # noqa: S704 the renderer escapes what it was given


def essential(question: Question) -> tuple[KeyPoint, ...]:
    """Return what the prompt asks for."""
    return question.essential


def bonus(question: Question) -> tuple[KeyPoint, ...]:
    """Return what is more than was asked."""
    return tuple(point for point in question.key_points if point.role is PointRole.BONUS)
