import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.reply import (
    Bar,
    Bars,
    Block,
    Contrast,
    Heading,
    Items,
    Markdown,
    Paragraph,
    Point,
    Prompt,
    Quote,
    Reply,
    Score,
)
from bot.platforms.terminal.plain import as_text
from grading.grade import Band, PointStatus

BLOCKS = [
    (Heading("Next"), "\nNext\n"),
    (Paragraph("One.\nTwo."), "One.\nTwo.\n"),
    (Paragraph("Aside.", quiet=True), "Aside.\n"),
    (Prompt("What is drift?"), "Question: What is drift?\n"),
    (Markdown("A **bold** word."), "A **bold** word.\n"),
    (Quote("two\nlines"), "  > two lines\n"),
    (Score(0.75, Band.GOOD, "good"), "Score: 75 % [###############.....] good\n"),
    (Score(0.0, Band.NONE, "no credit yet"), f"Score: 0 % [{'.' * 20}] none (no credit yet)\n"),
    (Score(1.0, Band.STRONG, "strong"), f"Score: 100 % [{'#' * 20}] strong\n"),
    (Items(("a", "b")), "- a\n- b\n"),
    (
        Bars((Bar("Drift", 0.5, "50 %"), Bar("Deep learning", None, "0 of 6"))),
        f"Drift         [{'#' * 10}{'.' * 10}] 50 %\nDeep learning [{' ' * 20}] 0 of 6\n",
    ),
    (
        Point(PointStatus.COVERED, "It changes.", "it\nmoves"),
        "✓ covered: It changes.\n    you wrote: “it moves”\n",
    ),
    (
        Point(PointStatus.PARTIAL, "It changes.", "it moves", "Be precise."),
        "~ partial: It changes.\n    you wrote: “it moves”\n    Be precise.\n",
    ),
    (Point(PointStatus.MISSED, "Think of P."), "○ missed: Think of P.\n"),
    (
        Contrast("it\nstays", ("It changes.", "It moves."), ("The world changes.",)),
        "✗ You wrote: “it stays”\n    But: It changes.\n    But: It moves.\n"
        "    Why: The world changes.\n",
    ),
    (Contrast(None, ("It changes.",)), "✗ But: It changes.\n"),
]


@pytest.mark.parametrize(("block", "text"), BLOCKS, ids=lambda value: type(value).__name__)
def test_every_block_has_a_stable_text(block: Block, text: str):
    assert as_text(Reply((block,))) == text


def test_blocks_follow_one_another_line_by_line():
    reply = Reply((Prompt("Why?"), Paragraph("Say.")))

    assert as_text(reply) == "Question: Why?\nSay.\n"


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("bell\x07back\x08space", "bellbackspace"),
        ("over\rwritten", "over written"),
        ("\x9b2Jgone", "2Jgone"),
        ("\u202eesrever\u202c", "esrever"),
        ("\u2066isolated\u2069", "isolated"),
        ("zero\u200bwidth", "zerowidth"),
        ("\x00nul", "nul"),
        ("half\ud800pair", "halfpair"),
    ],
)
def test_a_learners_words_cannot_command_the_terminal(hostile: str, harmless: str):
    quoted = as_text(Reply((Quote(hostile),)))
    evidence = as_text(Reply((Point(PointStatus.COVERED, "It.", hostile),)))
    wrong = as_text(Reply((Contrast(hostile, ("It.",)),)))

    assert harmless.replace(" ", "") in wrong.replace(" ", "")
    assert quoted.replace(" ", "") == f">{harmless}\n".replace(" ", "")
    assert harmless.replace(" ", "") in evidence.replace(" ", "")


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters()) | st.text(st.characters(categories=["Cc", "Cf", "Cs", "Zl"])))
def test_a_learners_words_stay_on_their_own_line_and_can_be_printed(text: str):
    point, contrast = Point(PointStatus.COVERED, "It.", text), Contrast(text, ("It.",))
    for block in (Quote(text), point, contrast):
        shown = as_text(Reply((block,)))

        assert len(shown.splitlines()) == (1 if isinstance(block, Quote) else 2)
        assert {unicodedata.category(c) for c in shown if c != "\n"}.isdisjoint({"Cc", "Cf", "Cs"})
        assert shown.encode("utf-8")
