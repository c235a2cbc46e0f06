"""A bank as a deck of Anki's: a card a question, with its answer behind it.

Cards know which question they are. Whoever imports a later deck gets changes and new questions, and
keeps what they have learnt.
"""

import hashlib
from pathlib import Path
from typing import Final

import genanki
from markupsafe import escape

from knowledge.bank import QuestionBank
from knowledge.publishing.pages import KINDS, LEVELS, environment
from knowledge.question import Question

NAME: Final = "Interview Coach"
MODEL: Final = 1_702_230_415
"""What Anki knows this kind of card by, for all time."""

FIELDS: Final = ("Question", "Short", "Points", "Full", "Read", "About", "Id")

FRONT: Final = '<p class="about">{{About}}</p><p class="question">{{Question}}</p>'
BACK: Final = (
    "{{FrontSide}}<hr id=answer><p>{{Short}}</p>{{Points}}"
    '<details><summary>In full</summary><p>{{Full}}</p></details><p class="about">{{Read}}</p>'
)
STYLE: Final = """\
.card { font: 18px/1.5 system-ui, sans-serif; max-width: 40em; margin: 0 auto; text-align: left; }
.question { font-size: 1.2em; font-weight: 600; }
.about { opacity: .7; font-size: .8em; }
"""


def write_deck(bank: QuestionBank, path: Path) -> int:
    """Write a package with a deck for each topic, and return how many cards it has.

    Raises:
        OSError: it cannot be written.
    """
    model = genanki.Model(
        MODEL,
        f"{NAME} question",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Answer", "qfmt": FRONT, "afmt": BACK}],
        css=STYLE,
    )
    decks, card = [], environment().get_template("card.html").module
    for topic in bank.topics:
        deck = genanki.Deck(_number(topic.id), f"{NAME}::{topic.title}")
        for question in bank.by_topic(topic.id):
            points = card.points(question)  # type: ignore[attr-defined]
            deck.add_note(_note(question, str(points), model))
        decks.append(deck)
    genanki.Package(decks).write_to_file(str(path))
    return len(bank)


def _note(question: Question, points: str, model: genanki.Model) -> genanki.Note:
    sources = "; ".join(f"{s.title}, {s.by}, {s.year}" for s in question.sources)
    about = f"{LEVELS[question.difficulty]} · {KINDS[question.kind]}"
    fields = (
        _shown(question.prompt),
        _shown(question.reference_answers.short),
        points,
        _shown(question.reference_answers.full),
        _shown(sources),
        _shown(about),
        question.id,
    )
    return genanki.Note(
        model=model,
        fields=list(fields),
        guid=genanki.guid_for(NAME, question.id),
        tags=[question.topic, f"difficulty-{question.difficulty}"],
    )


def _shown(text: str) -> str:
    return str(escape(text))


def _number(topic: str) -> int:
    """Return what Anki knows the deck of a topic by: the same for all time."""
    return int.from_bytes(hashlib.sha256(f"{NAME}/{topic}".encode()).digest()[:4], "big") + (
        1 << 31
    )
