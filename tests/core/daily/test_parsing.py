"""What hosts type about the daily question, well or badly."""

from datetime import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.daily.errors import EXAMPLES, UnclearPlanChoice
from bot.core.daily.parsing import (
    NAMES,
    PlanChange,
    plan_change,
    read_choice,
    read_setup,
    time_of,
    weekdays_of,
)
from bot.core.daily.plan import Discussion
from bot.core.daily.schedule import EVERY_DAY
from bot.core.errors import UsageError
from bot.core.questions.errors import UnknownTopic
from bot.core.words.errors import sentence_of
from knowledge.bank import QuestionBank
from tests.shipped import shipped

BANK = shipped()
NAMED = st.sampled_from([name for names in NAMES.values() for name in names])
ALMOST = st.text("0123456789:.-–,;<>@&!^|SsamphMONdto /", max_size=40)
"""What looks like a value, so that the readers are reached."""


def parse_plan_change(typed: str, bank: QuestionBank) -> PlanChange:
    return plan_change(read_choice(typed), bank)


def parse_setup(typed: str) -> PlanChange:
    return plan_change(read_setup(typed), BANK)


@given(typed=st.text(max_size=400) | st.builds("{} {}".format, NAMED, st.text() | ALMOST))
@example(typed="level ٣")
@example(typed="time 9 o'cloc\u212a")
@example(typed="x" * 5000)
def test_any_text_is_a_change_or_is_said_to_be_none(typed: str):
    try:
        change = parse_plan_change(typed, BANK)
    except (UsageError, UnclearPlanChoice, UnknownTopic):
        return
    assert change


@given(typed=st.text(max_size=400) | ALMOST)
def test_any_set_up_has_a_time_a_zone_or_neither(typed: str):
    try:
        change = parse_setup(typed)
    except UnclearPlanChoice:
        return
    assert change.keys() <= {"at", "zone"}
    assert bool(change) == bool(typed.split())


@pytest.mark.parametrize("choice", NAMES)
def test_every_example_can_be_typed_as_it_stands(choice: str, bank: QuestionBank):
    change = parse_plan_change(EXAMPLES[choice], bank)
    assert len(change) == (2 if choice == "level" else 1)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("on", Discussion.OPEN),
        ("Yes", Discussion.OPEN),
        ("open", Discussion.OPEN),
        ("off", Discussion.NONE),
        ("no", Discussion.NONE),
        ("none", Discussion.NONE),
        ("answered", Discussion.ANSWERED),
        ("After  answering", Discussion.ANSWERED),
    ],
)
def test_the_discussion_is_chosen_in_several_words(
    value: str, kind: Discussion, bank: QuestionBank
):
    for name in NAMES["thread"]:
        assert parse_plan_change(f"{name} {value}", bank) == {"discussion": kind}


@pytest.mark.parametrize(
    ("choice", "value"),
    [(choice, "") for choice in NAMES]
    + [(choice, "¿?") for choice in NAMES if choice not in {"topics", "zone"}],
)
def test_a_value_that_is_missing_or_unclear_is_met_with_an_example(
    choice: str, value: str, bank: QuestionBank
):
    with pytest.raises(UnclearPlanChoice) as caught:
        parse_plan_change(f"{choice} {value}", bank)
    told = sentence_of(caught.value)
    assert f"/daily set {choice} " in told
    assert "nothing was changed" in told


@pytest.mark.parametrize("words", ["", "colour blue", "times 9", "timely"])
def test_what_has_no_such_name_is_met_with_all_there_is(words: str, bank: QuestionBank):
    with pytest.raises(UsageError) as caught:
        parse_plan_change(words, bank)
    told = sentence_of(caught.value)
    assert all(f"{choice} " in told for choice in NAMES)
    assert "''" not in told


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("9", time(9)),
        ("09:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9h30", time(9, 30)),
        ("18 h", time(18)),
        ("6 pm", time(18)),
        ("6:15 P.M.", time(18, 15)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("9 o'clock", time(9)),
        ("0", time(0)),
        ("23:59", time(23, 59)),
        ("24:00", None),
        ("13 pm", None),
        ("0 am", None),
        ("9:5", None),
        ("9:60", None),
        ("9:30:00", None),
        ("٩", None),
        ("noon", None),
        ("", None),
    ],
)
def test_a_time_of_day(words: str, at: time | None, bank: QuestionBank):
    assert time_of(words) == at
    if at is not None:
        assert parse_plan_change(f"at {words}", bank) == {"at": at}


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("fri-mon", {4, 5, 6, 0}),
        ("Mon to Fri", {0, 1, 2, 3, 4}),
        ("Monday – Wednesday", {0, 1, 2}),
        ("Tue, Thu", {1, 3}),
        ("tues and thurs", {1, 3}),
        ("mon, wed; and fri.", {0, 2, 4}),
        ("mon-wed, sat", {0, 1, 2, 5}),
        ("sun-sun", {6}),
        ("Sundays", {6}),
        ("weekend", {5, 6}),
        ("weekdays", {0, 1, 2, 3, 4}),
        ("every day", EVERY_DAY),
        ("EVERYDAY", EVERY_DAY),
        ("monster", None),
        ("sunny", None),
        ("m", None),
        ("mon-", None),
        ("-", None),
        ("mon-wed-fri", None),
        ("mon, funday", None),
        (", ;", None),
        ("", None),
    ],
)
def test_weekdays(words: str, days: set[int] | None):
    assert weekdays_of(words) == days


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("<@&123>", "123"),
        ("123", "123"),
        ("<!subteam^S123|x>", "S123"),
        ("<!subteam^S0614TZR7>", "S0614TZR7"),
        ("S0614TZR7", "S0614TZR7"),
        ("off", ""),
        ("Nobody", ""),
    ],
)
def test_a_role_is_a_mention_an_id_or_nobody(words: str, role: str, bank: QuestionBank):
    assert parse_plan_change(f"ping {words}", bank) == {"ping_role": role}


@pytest.mark.parametrize(
    "words", ["everyone", "@here", "ROLE", "STAFF", "<@123>", "<@&123", "<!here>", "<@&1> <@&2>"]
)
def test_what_is_no_role_is_never_kept_to_fail_at_the_post(words: str, bank: QuestionBank):
    with pytest.raises(UnclearPlanChoice):
        parse_plan_change(f"ping {words}", bank)


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        *(("2-4", (2, 4)), ("4 to 2", (2, 4)), ("3", (3, 3)), ("all", (1, 5)), ("1–5", (1, 5))),
        *(("senior", (3, 5)), ("Junior", (1, 3))),
    ],
)
def test_levels(words: str, ends: tuple[int, int], bank: QuestionBank):
    change = parse_plan_change(f"level {words}", bank)
    assert (change["easiest"], change["hardest"]) == ends


def test_a_topic_has_many_names(bank: QuestionBank):
    for topic in bank.topics:
        for name in (topic.id, topic.title, *topic.aliases):
            assert parse_plan_change(f"topics {name}", bank) == {"topics": (topic.id,)}


def test_several_topics_each_once_or_all(bank: QuestionBank):
    typed = "about Monitoring, mlops; deployment"
    assert parse_plan_change(typed, bank) == {"topics": ("monitoring", "deployment")}
    assert parse_plan_change("topics: everything", bank) == {"topics": ()}
    with pytest.raises(UnclearPlanChoice):
        parse_plan_change("topics , ;", bank)


def test_an_unknown_topic_is_told_with_those_there_are(bank: QuestionBank):
    with pytest.raises(UnknownTopic) as caught:
        parse_plan_change("topics monitoring, pizza", bank)
    assert caught.value.words == "pizza"
    assert caught.value.topics == tuple(topic.id for topic in bank.topics)


def test_a_name_of_two_words_is_not_taken_for_its_first(bank: QuestionBank):
    assert parse_plan_change("time zone Berlin", bank) == {"zone": "Berlin"}
    assert parse_plan_change("Time  Zone: Apia", bank) == {"zone": "Apia"}


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("09:00 Berlin", {"at": time(9), "zone": "Berlin"}),
        ("at 6 pm New York", {"at": time(18), "zone": "New York"}),
        ("AT 9 in Europe/Berlin", {"at": time(9), "zone": "Europe/Berlin"}),
        ("9 amsterdam", {"at": time(9), "zone": "amsterdam"}),
        ("9 am Amsterdam", {"at": time(9), "zone": "Amsterdam"}),
        ("  18:30  ", {"at": time(18, 30)}),
        ("Berlin", {"zone": "Berlin"}),
        ("in Berlin", {"zone": "Berlin"}),
        ("Etc/GMT+5", {"zone": "Etc/GMT+5"}),
        ("", {}),
    ],
)
def test_what_follows_set_up(words: str, change: dict[str, object]):
    assert parse_setup(words) == change


@pytest.mark.parametrize("words", ["25:00 Berlin", "9:5 Berlin", "09:00Berlin", "0900", "at 13 pm"])
def test_a_time_that_cannot_be_read_is_not_taken_for_a_city(words: str):
    with pytest.raises(UnclearPlanChoice) as caught:
        parse_setup(words)
    assert caught.value.choice == "time"


def test_a_role_stands_for_its_topics_and_its_level(bank: QuestionBank):
    track = bank.track_named("data scientist")

    assert track is not None
    assert parse_plan_change("topics Data Scientist", bank) == {
        "topics": tuple(track.topics),
        "easiest": track.easiest,
        "hardest": track.hardest,
    }
