from datetime import timedelta, timezone

from bot.core.ports import HandledEvent, HandledState
from tests.builders import NOON
from tests.databases import MakeUnitOfWork

ELSEWHERE = timezone(timedelta(hours=-9))


def test_an_event_is_remembered_with_its_latest_state(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        assert uow.handled.get("a") is None
        uow.handled.put("a", HandledState.BEGUN, NOON)
        uow.handled.put("a", HandledState.DONE, NOON.astimezone(ELSEWHERE), "1.2")
        uow.commit()
    with unit_of_work() as uow:
        assert uow.handled.get("a") == HandledEvent(HandledState.DONE, NOON, "1.2")
        uow.handled.forget("a")
        assert uow.handled.get("a") is None


def test_what_was_begun_and_never_ended_is_found_by_how_its_key_begins(
    unit_of_work: MakeUnitOfWork,
) -> None:
    with unit_of_work() as uow:
        for number, key in enumerate(("view:b", "view:a", "view_x", "other")):
            later = NOON + timedelta(minutes=number)
            uow.handled.put(key, HandledState.BEGUN, later, f"about {key}")
        uow.handled.put("view:done", HandledState.DONE, NOON)
        assert [(key, event.result) for key, event in uow.handled.begun("view:")] == [
            ("view:b", "about view:b"),
            ("view:a", "about view:a"),
        ]
        assert [key for key, _ in uow.handled.begun("view_")] == ["view_x"]


def test_only_old_events_are_forgotten_and_none_by_a_dry_run(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        for hours in range(4):
            uow.handled.put(str(hours), HandledState.DONE, NOON - timedelta(hours=hours))
        before = NOON - timedelta(hours=1)
        assert uow.handled.count_before(before) == 2
        assert uow.handled.get("3") is not None
        assert [uow.handled.forget_before(before, 1) for _ in range(3)] == [1, 1, 0]
        assert uow.handled.get("3") is None
        assert uow.handled.get("1") is not None


def test_an_installation_belongs_to_its_platform_and_place(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        uow.installations.put("slack", "T2", "old", NOON)
        uow.installations.put("slack", "T2", "new", NOON)
        uow.installations.put("slack", "T1", "one", NOON)
        uow.installations.put("other", "T2", "two", NOON)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.installations.get("slack", "T2") == "new"
        assert uow.installations.keys("slack") == ("T1", "T2")
        uow.installations.delete("slack", "T2")
        uow.installations.delete("slack", "T3")
        assert uow.installations.get("slack", "T2") is None
        assert uow.installations.get("other", "T2") == "two"
