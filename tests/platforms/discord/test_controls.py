"""The controls of the panel fit what Discord takes, whatever is set up."""

from typing import Any

from bot.core.daily.plan import Outlook
from bot.core.daily.schedule import Schedule
from bot.platforms.discord.buttons import view_of
from bot.platforms.discord.clock_modal import clock_modal, typed_of
from bot.platforms.discord.controls import CONTROL, change_of, channel_rows, panel_rows
from bot.platforms.discord.limits import (
    BUTTON_LABEL,
    BUTTONS_IN_ROW,
    CHOICE,
    CUSTOM_ID,
    LABEL,
    MODAL_TITLE,
    PLACEHOLDER,
    ROWS,
    SELECT_OPTIONS,
)
from knowledge.bank import QuestionBank
from knowledge.question import Topic
from tests.builders import NOON, a_plan

CHANNEL = "9" * 20
"""No id of Discord is longer."""


def outlook(*, proposed: bool = False, paused: bool = False, **chosen: Any) -> Outlook:
    schedule = Schedule("Europe/Berlin", NOON.time(), frozenset({0, 4}), paused=paused)
    plan = a_plan(schedule=schedule, **chosen)
    return Outlook(plan, (), 0, None, proposed=proposed)


def many_topics(count: int) -> tuple[Topic, ...]:
    return tuple(
        Topic(id=f"topic-{n}", title=f"The topic {n}", summary="What can be asked about it.")
        for n in range(count)
    )


def sent(rows: Any) -> list[dict[str, Any]]:
    view = view_of(rows)
    assert view is not None
    return view.to_components()


def test_the_controls_fit_whatever_is_set_up(bank: QuestionBank) -> None:
    for known in (bank, QuestionBank(many_topics(SELECT_OPTIONS + 5), [], bank.tracks)):
        for shown in (outlook(), outlook(proposed=True), outlook(paused=True, ping_role=CHANNEL)):
            rows = sent(panel_rows(CHANNEL, shown, known))

            assert len(rows) == ROWS
            for row in rows:
                assert 1 <= len(row["components"]) <= BUTTONS_IN_ROW
                for item in row["components"]:
                    fits(item)
    (row,) = sent(channel_rows(CHANNEL))
    fits(row["components"][0])


def fits(item: dict[str, Any]) -> None:
    options = item.get("options", [])
    assert 1 <= len(item["custom_id"]) <= CUSTOM_ID
    assert len(item.get("label", "")) <= BUTTON_LABEL
    assert len(item.get("placeholder") or "") <= PLACEHOLDER
    assert len(options) <= SELECT_OPTIONS
    if options:
        assert 1 <= item["max_values"] <= len(options)
    assert all(len(each["label"]) <= CHOICE and len(each["value"]) <= CHOICE for each in options)


def test_the_window_fits(bank: QuestionBank) -> None:
    window: Any = clock_modal(CHANNEL, typed_of(outlook().plan)).to_dict()

    assert len(window["title"]) <= MODAL_TITLE
    assert CONTROL.fullmatch(window["custom_id"])
    assert len(window["components"]) <= ROWS
    assert all(0 < len(each["label"]) <= LABEL for each in window["components"])


def test_what_is_set_up_is_chosen_in_the_selects(bank: QuestionBank) -> None:
    topic = bank.topics[1].id
    _, days, topics, role, _ = (
        row["components"][0]
        for row in sent(panel_rows(CHANNEL, outlook(topics=(topic,), ping_role="77"), bank))
    )

    assert [each["value"] for each in days["options"] if each.get("default")] == ["0", "4"]
    assert [each["value"] for each in topics["options"] if each.get("default")] == [topic]
    assert [each["id"] for each in role["default_values"]] == [77]
    assert change_of("days", ["0", "4"], bank) == {"weekdays": frozenset({0, 4})}
    assert change_of("role", [], bank) == {"ping_role": ""}


def test_roles_stand_before_the_topics_and_are_never_shown_as_chosen(bank: QuestionBank) -> None:
    track = bank.tracks[0]
    plan = outlook(topics=tuple(track.topics))
    topics = sent(panel_rows(CHANNEL, plan, bank))[2]["components"][0]["options"]

    assert [each["label"] for each in topics[:5]] == [each.title for each in bank.tracks]
    assert not any(each.get("default") for each in topics[:5])
    assert [each["value"] for each in topics[5:]] == [each.id for each in bank.topics]


def test_a_role_takes_the_place_of_topics_and_one_that_is_gone_changes_nothing(
    bank: QuestionBank,
) -> None:
    track = bank.tracks[2]

    assert change_of("topics", ["statistics", f"role:{track.id}"], bank) == {
        "topics": tuple(track.topics),
        "easiest": track.easiest,
        "hardest": track.hardest,
    }
    assert change_of("topics", ["statistics", "role:astronaut"], bank) == {}
