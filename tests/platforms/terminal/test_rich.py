import io

import pytest
from rich.console import Console
from rich.text import Text

from bot.core.coach import words as coach_words
from bot.core.coach.commands import practice_commands
from bot.core.practice import question_words
from bot.core.practice import words as practice_words
from bot.core.progress import words as progress_words
from bot.core.progress.model import progress_of
from bot.core.reply import Bar, Bars, Contrast, Paragraph, Point, Quote, Reply
from bot.platforms.terminal.render import as_renderable
from grading.grade import PointStatus
from knowledge.bank import QuestionBank
from tests.builders import lines_of
from tests.core.samples import DRIFT, Table, a_grade_of, an_attempt
from tests.platforms.terminal.test_plain import BLOCKS


def drawn(reply: Reply, width: int) -> str:
    console = Console(record=True, width=width, file=io.StringIO(), highlight=False)
    console.print(as_renderable(reply))
    return console.export_text()


@pytest.mark.parametrize("width", [40, 120])
def test_every_block_is_drawn_within_the_width(width: int):
    for block, _ in BLOCKS:
        picture = drawn(Reply((block,)), width)

        assert picture.strip()
        assert max(Text(line).cell_len for line in picture.splitlines()) <= width


@pytest.mark.parametrize("width", [40, 120])
def test_whole_messages_are_drawn_within_the_width(bank: QuestionBank, width: int):
    question = bank.get(DRIFT)
    attempt = an_attempt(DRIFT, 0.5)
    statuses = dict(zip((p.id for p in question.key_points), PointStatus, strict=False))
    graded = type(attempt)(**{**vars(attempt), "grade": a_grade_of(question, statuses)})
    messages = [
        coach_words.first_welcome(bank),
        question_words.question(question, bank, attempt),
        practice_words.feedback(question, bank, graded, attempt, late=True),
        question_words.reveal(question),
        question_words.topics(bank, {}),
        progress_words.progress(progress_of(lines_of([attempt]), bank), bank),
        coach_words.help_for(practice_commands(Table(bank).coach), hosts=False),
    ]

    for message in messages:
        picture = drawn(message, width)

        assert max(Text(line).cell_len for line in picture.splitlines()) <= width


def test_forty_columns_hold_each_label_whole_above_its_bar():
    rows = (Bar("Monitoring and drift", 0.5, "50 %, 3 of 12 answered"), Bar("Deployment", None))
    lines = [line.rstrip() for line in drawn(Reply((Bars(rows),)), 40).splitlines()]

    assert lines[0] == "Monitoring and drift  50 %, 3 of 12"
    assert lines[2].startswith("█" * 10 + "░" * 10)
    assert lines[3] == "Deployment"
    assert drawn(Reply((Bars(rows),)), 100).splitlines()[0].count("█") == 10


def test_without_colour_everything_is_said_by_words_and_signs(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=40)
    console.print(as_renderable(Reply(tuple(block for block, _ in BLOCKS))))

    colours = {part.split("m")[0] for part in stream.getvalue().split("\x1b[")[1:]}
    codes = {code for each in colours for code in each.split(";")}
    assert not {code for code in codes if code.startswith(("3", "4", "9")) and len(code) > 1}


def test_the_state_of_a_point_is_told_by_a_sign_beside_the_colour():
    signs = {drawn(Reply((Point(status, "It."),)), 40).strip()[0] for status in PointStatus}

    assert len(signs) == len(PointStatus)


def test_wrong_words_and_the_truth_stand_on_labelled_lines():
    block = Contrast("it stays", ("It changes.",), ("The world changes.",))

    lines = [line.strip() for line in drawn(Reply((block,)), 80).splitlines()]

    assert lines == ["✗ You wrote: “it stays”", "But: It changes.", "Why: The world changes."]


def test_a_learners_words_are_no_markup_and_no_commands():
    hostile = "[bold red]loud[/] \x1b[31mred \u202eesrever \ud800"

    point, contrast = Point(PointStatus.COVERED, "It.", hostile), Contrast(hostile, ("It.",))
    for block in (Quote(hostile), point, contrast, Paragraph(hostile)):
        picture = drawn(Reply((block,)), 120)

        assert "[bold red]loud[/] [31mred esrever" in picture
        assert "\x1b" not in picture
        assert picture.encode("utf-8")
