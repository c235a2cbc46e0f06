"""Every reply fits, whatever is in it, and a learner's own words stay words."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.command_refs import Moment, ref
from bot.core.practice import question_words
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
from bot.platforms.cutting import size
from bot.platforms.discord.limits import EMBED_DESCRIPTION
from bot.platforms.discord.render import COLOURS, PAGE, embed_of, pages
from bot.platforms.discord.text import escaped, prose
from grading.grade import Band, PointStatus
from knowledge.bank import QuestionBank
from tests.builders import NOON
from tests.core.samples import Table

SPICES = (
    "**bold**", "@everyone", "<@42>", "<@&7>", "</ask:1>", "[here](https://evil.example)", "`code`",
    "||gone||", "# big", "-# small", "> said", "- item", "1. first", "https://a.example/b_c_d",
    "discord.gg/abc", "\u202e", "\u200b", "\u200f", "é\u0301\u0301\u0301\u0301", "שלום", "مرحبا",
    "你好。", "😀", "👩\u200d🔬", "\\", "\n", "_x_", "~~no~~", "``` \n",
)  # fmt: skip
words = st.lists(st.sampled_from(SPICES) | st.text(max_size=40), max_size=60).map(" ".join)
long_words = st.builds(lambda text, times: text * times, words, st.integers(1, 40))
text = words | long_words | st.text(max_size=300)

bars = st.lists(st.builds(Bar, text, st.none() | st.floats(0, 1), text), max_size=5).map(tuple)

blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, text),
    st.builds(Paragraph, text, st.booleans()),
    st.builds(Prompt, text),
    st.builds(Markdown, text),
    st.builds(Quote, text),
    st.builds(Score, st.floats(0, 1), st.sampled_from(Band), text),
    st.builds(Point, st.sampled_from(PointStatus), text, st.none() | text, st.none() | text),
    st.builds(Contrast, st.none() | text, st.lists(text, max_size=3).map(tuple)),
    st.builds(Items, st.lists(text, max_size=5).map(tuple)),
    st.builds(Bars, bars),
)


@given(st.lists(blocks, max_size=8).map(tuple))
def test_every_page_fits_an_embed(drawn: tuple[Block, ...]):
    shown = pages(Reply(drawn), {"ask": 10**19})

    assert shown
    for number, page in enumerate(shown, 1):
        embed = embed_of(page, number, len(shown))
        assert 0 < size(page.text.strip()) <= PAGE < EMBED_DESCRIPTION
        assert len(embed) <= 6000


ACTIVE = re.compile(r"(?<!\\)(?:\\\\)*(?:[*_~`|<\[]|:(?=/))")
BEGINS_LINE = re.compile(r"(?m)^\s*(?:[-+#>]|\d+[.)])")


@given(text)
def test_nothing_in_a_learners_words_formats_or_pings(wrote: str):
    shown = escaped(wrote)

    assert not ACTIVE.search(shown)
    assert not BEGINS_LINE.search(shown)
    assert not re.search("@(?!\u200b)", shown)
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    ("wrote", "shown"),
    [
        ("snake_case * 2", r"snake\_case \* 2"),
        ("@everyone", "@\u200beveryone"),
        ("[free](https://evil.example)", r"[free](https\://evil.example)"),
        ("# Grade: 100 %", r"\# Grade: 100 %"),
        ("1. first", r"1\. first"),
        ("P(y|x)", r"P(y\|x)"),
        ("plain words, as they are: 3 > 2", "plain words, as they are: 3 > 2"),
        ("\u202egnihtemos", "gnihtemos"),
        ("مرحبا 😀 你好", "مرحبا 😀 你好"),
    ],
)
def test_words_read_as_they_were_written(wrote: str, shown: str):
    assert escaped(wrote) == shown.replace("[", "\\[")


QUOTES: list[Callable[[str], Block]] = [
    Quote,
    lambda wrote: Point(PointStatus.COVERED, "A point.", wrote),
    lambda wrote: Contrast(wrote, ("It is not.",)),
]


@pytest.mark.parametrize("block", QUOTES)
def test_a_quote_stays_in_its_lines(block: Callable[[str], Block]):
    (page,) = pages(Reply((block("So it is.\n# Score: 100 %\n**Well done** @here"),)))

    told = [line for line in page.text.split("\n") if "Well done" in line or "Score" in line]
    assert all(line.startswith(("> ", "❌ ")) for line in told)
    assert "**Well" not in page.text
    assert "@here" not in page.text


def test_a_heading_stays_with_what_it_names():
    blocks = (Paragraph("x" * 900 + "."), Paragraph("y" * 900), Paragraph("z" * 900))
    reply = Reply((*blocks, Paragraph("w" * 700), Heading("Next"), Paragraph("v" * 300)))

    first, second = pages(reply)

    assert "Next" not in first.text
    assert second.text.startswith("### Next\nvvv")


def test_a_hundred_learners_on_a_board_are_all_there():
    lines = tuple(f"{rank}. {'Ada_' * 8} — {1000 - rank} points" for rank in range(1, 101))

    shown = pages(Reply((Heading("This month"), Items(lines))))

    told = "\n".join(page.text for page in shown)
    assert len(shown) > 1
    assert all(f"{1000 - rank} points" in told for rank in range(1, 101))
    assert "Ada_" not in told


def test_commands_can_be_clicked_where_discord_knows_them():
    said = f"Type {ref('ask drift')}, or {ref('nothing')}."
    assert prose(said, {"ask": 12}) == "Type </ask:12> drift, or /nothing."
    assert prose(f"{ref('coach setup')} it", {"coach setup": 7}) == "</coach setup:7> it"
    assert prose(f"{ref('daily setup')} it", {"daily": 8}) == "</daily:8> setup it"
    hosts = {
        "coach setup": 7,
        "coach appeals": 7,
        "coach question add": 7,
        "coach question list": 7,
    }
    assert prose(f"{ref('daily setup 09:00')} it", hosts) == "</coach setup:7> 09:00 it"
    assert prose(f"{ref('appeals accept 3')}, or so", hosts) == "</coach appeals:7> accept 3, or so"
    assert prose(f"{ref('questions')}, {ref('questions add FILE')}", hosts) == (
        "</coach question list:7>, </coach question add:7> FILE"
    )


def test_what_only_looks_like_a_command_cannot_be_clicked():
    assert prose("Type /ask drift", {"ask": 12}) == "Type /ask drift"
    (page,) = pages(Reply((Quote(f"/ask {ref('ask')}"),)), {"ask": 12})
    assert page.text == "> /ask ask"


def test_every_line_of_the_coach_has_commands_to_click_on():
    named = f"{ref('ask drift')} helps."
    blocks = (
        Heading(named),
        Items((named,)),
        Point(PointStatus.MISSED, "x", note=named),
        Contrast(None, ("true",), (named,)),
        Bars((Bar("x", 0.5, named),)),
    )
    for block in blocks:
        (page,) = pages(Reply((block,)), {"ask": 12})
        assert "</ask:12> drift helps." in page.text


def test_the_colour_tells_the_band():
    (page,) = pages(Reply((Score(0.2, Band.WEAK, "a start"),)))

    assert page.colour == COLOURS[Band.WEAK]
    assert page.text == "▰▰▱▱▱▱▱▱ **20 %** · a start"


def test_every_question_can_be_asked_and_revealed_in_whole(bank: QuestionBank, table: Table):
    for question in bank:
        asked = pages(question_words.question(question, bank, None))
        revealed = pages(question_words.reveal(question))

        assert len(asked) == 1
        assert len(revealed) <= 3
        assert escaped(question.prompt) in asked[0].text
    assert len(pages(table.coach.topics(table.user))) == 1
    for topic in bank.topics:
        assert len(pages(table.coach.topics(table.user, words=topic.id))) <= 2


def test_a_moment_is_shown_by_the_readers_own_clock():
    text = prose(f"It closes {Moment(NOON, 'Mon 23 Nov at 12:00')}.", {})
    assert text == f"It closes <t:{int(NOON.timestamp())}:f>."
