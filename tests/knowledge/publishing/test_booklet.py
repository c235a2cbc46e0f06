"""Booklets and decks: every question of the bank, escaped, and the same card for all time."""

import re
import zlib
from pathlib import Path

import pytest

from knowledge.authoring.anki import read_package
from knowledge.bank import QuestionBank
from knowledge.publishing import deck
from knowledge.publishing.booklet import html_booklet, pdf_booklet
from knowledge.publishing.deck import write_deck


@pytest.fixture(scope="module")
def few(bank: QuestionBank) -> QuestionBank:
    """Two topics of the bank."""
    topics = bank.topics[:2]
    return QuestionBank(topics, [q for topic in topics for q in bank.by_topic(topic.id)])


def test_a_page_holds_every_question_with_its_answer(bank: QuestionBank):
    text = html_booklet(bank)

    for question in bank:
        assert text.count(f'id="{question.id.replace("/", "--")}"') == 1
        assert f'href="#{question.id.replace("/", "--")}"' in text
    assert re.findall(r'(?:src|href)="[^#]', text) == []


def test_a_pdf_has_contents_that_lead_to_their_pages(few: QuestionBank):
    data = pdf_booklet(few)

    assert data.startswith(b"%PDF-")
    pages = re.findall(rb"/Type /Page\n", data)
    links = [int(page) for page in re.findall(rb"/Dest \[(\d+) 0 R", data)]
    assert len(pages) > len(few) / 2
    assert len(links) >= 2 * (len(few) + len(few.topics))  # the cell of a title and of its number
    assert data.count(b"/Title ") == len(few) + len(few.topics) + 1  # bookmarks, and the PDF's own
    assert max(map(len, streams(data))) > 1000


def streams(data: bytes) -> list[bytes]:
    """Return what the compressed parts of a PDF hold."""
    found = re.findall(rb"stream\n(.*?)\nendstream", data, re.DOTALL)
    return [zlib.decompress(each) for each in found if each[:1] == b"\x78"]


def test_a_deck_holds_a_card_a_question_and_comes_back_in(few: QuestionBank, tmp_path: Path):
    path = tmp_path / "deck.apkg"

    assert write_deck(few, path) == len(few)
    notes = read_package("deck.apkg", path.read_bytes())
    assert [note.front for note in notes] == [question.prompt for question in few]
    question = next(iter(few))
    assert question.reference_answers.short in notes[0].back
    assert question.topic in notes[0].labels


def test_a_card_stays_the_same_card(few: QuestionBank):
    question = next(iter(few))
    changed = question.model_copy(update={"prompt": "What is it now, in other words?"})
    model = deck.genanki.Model(1, "m", fields=[{"name": name} for name in deck.FIELDS])

    cards = [deck._note(each, "", model).guid for each in (question, changed)]
    assert cards[0] == cards[1]
    assert deck.MODEL == 1_702_230_415, "learners' cards are of this kind"


def test_what_looks_like_a_tag_is_text_on_a_card(few: QuestionBank, tmp_path: Path):
    odd = next(iter(few)).model_copy(update={"prompt": "What does x <b> y & z stand for?"})
    write_deck(QuestionBank(few.topics, [odd]), tmp_path / "deck.apkg")

    (note,) = read_package("deck.apkg", (tmp_path / "deck.apkg").read_bytes())
    assert note.front == odd.prompt
