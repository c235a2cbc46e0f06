"""What is typed behind a command becomes the values that its parameters say, or a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.command_refs import spoken
from bot.core.commands import Command, Kind, Parameter, Request, Values
from bot.core.errors import UsageError
from bot.core.reply import Reply
from bot.core.text_commands import found, read, table_of, typed_as
from tests.builders import a_user

PARAMETERS = (
    Parameter(
        "period", "Which days", Kind.CHOICE, {"day": "Today", "all": "All"}, {"all time": "all"}
    ),
    Parameter("day-starts", "Which hour", Kind.INTEGER, named=True),
    Parameter("page", "Which page", Kind.INTEGER),
    Parameter("last", "The last one", Kind.FLAG, aliases=("previous",)),
    Parameter("quotes", "Whether quoted", Kind.SWITCH),
)
TEXT = Parameter("words", "Words of your own")


def command(*parameters: Parameter, name: str = "board") -> Command:
    return Command(name, "a board", lambda _: Reply(()), parameters)


BOARD, SEARCH = command(*PARAMETERS), command(*PARAMETERS, TEXT)

SPELLED = {
    "period": lambda value: st.sampled_from([value, value.upper()]),
    "day-starts": lambda value: st.just(f"Day-Starts {value}"),
    "page": lambda value: st.sampled_from([str(value), f"page  {value}", f"#{value}"]),
    "last": lambda _: st.sampled_from(["last", "PREVIOUS"]),
    "quotes": lambda value: st.sampled_from([f"quotes {'on' if value else 'off'}"]),
}
"""How each value may be typed."""

VALUES = st.fixed_dictionaries(
    {},
    optional={
        "period": st.sampled_from(["day", "all"]),
        "day-starts": st.integers(0, 999),
        "page": st.integers(0, 999),
        "last": st.just(value=True),
        "quotes": st.booleans(),
    },
)


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, Values]:
    values = draw(VALUES)
    parts = [draw(SPELLED[name](value)) for name, value in values.items()]
    return "  ".join(draw(st.permutations(parts))), values


@given(line=lines())
def test_values_are_read_in_any_order_and_spelling(line: tuple[str, Values]):
    typed, values = line

    assert read(BOARD, typed) == values
    assert read(SEARCH, f"{typed}  What is\n drift, last of all?") == {
        **values,
        "words": "What is\n drift, last of all?",
    }


@given(typed=st.text(max_size=80))
def test_whatever_is_typed_is_read_or_refused_and_a_text_takes_everything(typed: str):
    names = {parameter.name for parameter in PARAMETERS}

    assert read_or_refused(typed) <= names
    assert read(command(TEXT), typed).get("words", "") == typed.strip()


def read_or_refused(typed: str) -> set[str]:
    try:
        return set(read(BOARD, typed))
    except UsageError as problem:
        refused = problem
    assert refused.words == typed
    assert "Type /board [day | all]" in spoken(refused.sentence)
    return set()


@pytest.mark.parametrize("typed", ["7 of", "day-starts", "quotes", "quotes maybe", "-3", "²"])
def test_what_is_half_said_is_not_guessed(typed: str):
    with pytest.raises(UsageError):
        read(BOARD, typed)


def test_an_integer_that_has_to_be_named_is_not_taken_for_another():
    done = command(Parameter("done", "Which one", Kind.INTEGER, named=True), name="flags")

    assert read(done, "done 3") == {"done": 3}
    with pytest.raises(UsageError):
        read(done, "3")


def test_what_is_needed_is_asked_for():
    retire = command(Parameter("question", "Which one", required=True, usage="NAME"), name="retire")

    with pytest.raises(UsageError) as refused:
        read(retire, " ")
    assert (
        spoken(refused.value.sentence) == "Something is missing behind /retire. Type /retire NAME."
    )


def test_two_words_are_the_name_of_a_command_before_one_is():
    one, two = command(name="questions"), command(name="questions add")
    table = table_of((one, two))

    assert found(table, "Questions  ADD my file.csv") == (two, "my file.csv")
    assert found(table, "questions 2") == (one, "2")
    assert found(table, "") is None
    assert found(table, "nothing add") is None


def test_a_use_says_what_can_be_typed():
    assert spoken(typed_as(SEARCH)) == (
        "/board [day | all] [day-starts NUMBER] [NUMBER] [last] [quotes on | off] [words]"
    )


def test_what_was_left_out_is_nothing():
    request = Request(a_user(), None, {"page": 2, "quotes": False})

    assert request.text("words") == ""
    assert request.number("day-starts") is None
    assert request.switch("last") is None
    assert not request.flag("last")
    assert request.number("page") == 2
    assert request.switch("quotes") is False
