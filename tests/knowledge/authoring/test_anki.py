"""What strangers pack: read with every bound, and never more than their notes."""

import pytest

from knowledge.authoring import anki
from knowledge.authoring.anki import read_package, text_of
from knowledge.errors import InvalidBank
from tests.knowledge.authoring.packages import BASIC, CLOZE, database, deck, package


def problem(data: bytes) -> str:
    with pytest.raises(InvalidBank) as caught:
        read_package("deck.apkg", data)
    (fault,) = caught.value.faults
    return str(fault)


def test_a_note_gives_its_question_its_answer_and_its_labels():
    (note,) = read_package(
        "deck.apkg",
        deck((BASIC, "<b>What is a canary?</b>\x1fA small share<br>of the traffic.", " drift ")),
    )

    assert note.front == "What is a canary?"
    assert note.back == "A small share\nof the traffic."
    assert note.labels == ("drift", "Interviews", "Deployment")


def test_a_gap_to_fill_is_shown_as_a_gap_and_filled_in_the_answer():
    (note,) = read_package("d.apkg", deck((CLOZE, "{{c1::Dropout::what}} zeroes units.\x1f", "")))

    assert (note.front, note.back) == ("… zeroes units.", "Dropout zeroes units.")
    assert note.gaps


def test_markup_scripts_pictures_and_sounds_are_no_text():
    html = "<style>p{}</style><p>One &amp; two</p><img src='x'>[sound:a.mp3]<script>no()</script>"

    assert text_of(html) == "One & two"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"SQLite format 3\x00"])
def test_what_is_no_package_is_refused(data: bytes):
    assert "it is no Anki package" in problem(data)


def test_a_package_without_a_collection_is_refused():
    assert "no collection is in it" in problem(package(readme=b"hello"))


def test_the_format_of_new_versions_alone_is_refused_with_the_way_out():
    told = problem(package(collection__anki21b=b"zstd", collection__anki2=b"x"))

    assert "Support older Anki versions" in told


def test_an_archive_bomb_is_not_blown_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(anki, "MAX_DATABASE_BYTES", 1_000_000)
    bomb = package(collection__anki2=bytes(50_000_000))
    assert len(bomb) < 100_000

    assert "its notes are larger than 1 MB" in problem(bomb)


def test_a_package_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(anki, "MAX_PACKAGE_BYTES", 10)

    assert "larger than" in problem(deck((BASIC, "a\x1fb", "")))


def test_a_database_that_works_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(anki, "MOST_STEPS", 2)
    monkeypatch.setattr(anki, "STEP", 100)
    notes = [(BASIC, f"Question {n}?\x1fAnswer", "") for n in range(500)]

    assert "its database cannot be read: interrupted" in problem(deck(*notes))


def test_a_view_that_passes_for_the_notes_is_not_asked():
    endless = """
        DROP TABLE notes;
        CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
        SELECT id, 1 AS mid, 'x' AS flds, '' AS tags FROM n;
    """

    data = package(collection__anki2=database([], script=endless))
    assert "it has no notes of Anki's" in problem(data)


def test_too_many_notes_are_refused_and_a_giant_note_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(anki, "MOST_NOTES", 3)
    monkeypatch.setattr(anki, "LONGEST_NOTE", 50)
    few = [(BASIC, f"Question {n}?\x1fAnswer", "") for n in range(3)]
    giant = (BASIC, "x" * 100 + "\x1fAnswer", "")

    assert len(read_package("d.apkg", deck(*few, giant))) == 3
    assert "more than 3 notes" in problem(deck(*few, few[0]))


def test_a_broken_database_is_refused():
    data = database([(BASIC, "What is it?\x1fAnswer", "")])

    assert "cannot be read" in problem(package(collection__anki2=data[:2000] + bytes(3000)))
