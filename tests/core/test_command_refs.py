"""Commands that sentences name: values inside of texts, which no text of people can forge."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.coach.commands import with_help
from bot.core.command_refs import CommandRef, Moment, ref, spans, spoken, with_commands
from bot.core.commands import Command
from bot.core.reply import Items, Markdown, Paragraph, Prompt, Quote, Reply
from bot.core.safe_text import one_line, readable
from bot.core.text_commands import found, table_of
from bot.core.words.phrases import shortened
from grading.text import NONCHARACTERS, storable
from tests.application import an_application
from tests.builders import NOON

BOT = Path(__file__).parents[2] / "bot"
ELSEWHERE = {"coach champion", "coach setup", "setup", "nothing"}
"""What only one platform has."""

words = st.text(max_size=30) | st.text(
    st.sampled_from([*NONCHARACTERS, "/", "a", " "]), max_size=30
)


@given(before=words, line=st.lists(st.text("abc/-", min_size=1), min_size=1), after=words)
def test_a_command_is_found_again_whatever_stands_around_it(before: str, line: list[str], after):
    named = CommandRef(" ".join(line))
    around = (storable(before), storable(after))

    assert list(spans(f"{around[0]}{named}{around[1]}")) == [around[0], named, around[1]]
    assert len(f"{named}".split()) == 1, "where a text is cut, a command stays whole"


@given(text=words)
def test_nobody_forges_a_command(text: str):
    for clean in (storable, shortened, one_line, readable):
        assert not NONCHARACTERS & set(clean(f"{text}{ref('privacy delete')}"))
    assert not NONCHARACTERS & set(spoken(text))


def test_each_platform_says_commands_in_its_own_way_and_leaves_other_texts_alone():
    blocks = (Paragraph(f"Type {ref('ask drift')}."), Items((f"{ref('help')} helps",)))
    theirs = (Quote("/ask"), Prompt("What does /ask do?"), Markdown("/ask"))

    said = with_commands(Reply((*blocks, *theirs)), lambda named: f"!{named.line}")

    assert said.blocks == (Paragraph("Type !ask drift."), Items(("!help helps",)), *theirs)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Command]:
    home = tmp_path_factory.mktemp("home")
    return table_of(with_help(an_application(home).features.commands))


def test_every_command_that_a_sentence_names_is_one(table: dict[str, Command]):
    named = {line for path in BOT.rglob("*.py") for line in _lines(path)}
    assert len(named) > 50

    assert {line for line in named if found(table, line) is None} <= ELSEWHERE


def test_no_sentence_spells_a_command(table: dict[str, Command]):
    names = "|".join({name.split()[0] for name in table})
    spelled = re.compile(rf"(?<![\w/.<])/({names})\b(?![/.]\w)")

    assert not {
        f"{path.name}: {text}"
        for path in (BOT / "core").rglob("*.py")
        for text in _sentences(ast.parse(path.read_text("utf-8")))
        if spelled.search(text)
    }


def _lines(path: Path) -> Iterator[str]:
    """The commands that a module names, as far as they stand there word for word."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ref":
            match node.args[0]:
                case ast.Constant(value=str(line)):
                    yield line
                case ast.JoinedStr(values=[ast.Constant(value=str(line)), *_]):
                    yield line.strip()


def _sentences(tree: ast.AST) -> Iterator[str]:
    """The texts in a module that are no docstrings."""
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_a_moment_is_told_by_the_wall_unless_a_platform_knows_better():
    text = f"It closes {Moment(NOON, 'Mon 23 Nov at 12:00')}, says {ref('daily')}."
    assert spoken(text) == "It closes Mon 23 Nov at 12:00, says /daily."
    told = spoken(text, tell=lambda moment: moment.at.isoformat())
    assert told == f"It closes {NOON.isoformat()}, says /daily."


def test_nobody_can_write_a_moment():
    forged = storable(f"see you {Moment(NOON, 'never')}")
    assert [part for part in spans(forged) if isinstance(part, Moment)] == []
