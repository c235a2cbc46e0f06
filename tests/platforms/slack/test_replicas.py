"""Two programs on one PostgreSQL behind a load balancer: whoever gets a delivery serves it."""

import asyncio
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.accounts.model import PlatformUser
from bot.core.coach.late_grades import IN_WORK
from bot.core.daily.schedule import Schedule
from tests.builders import a_study_channel
from tests.databases import MakeUnitOfWork
from tests.platforms.slack.conftest import eventually, words_of
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import Delivery
from tests.platforms.slack.running import Running

PATIENCE = 300.0
TAKEN_OVER = IN_WORK.total_seconds() / 2
"""So long a survivor may take: it does not wait until whoever took an answer must be dead."""

CHANNELS, PEOPLE = 6, 8
SAID = "The relation of inputs and target changes after training, so I retrain. I am person "


@pytest.mark.slow
def test_two_replicas_post_once_and_take_over_from_each_other(
    slack: Slack, tmp_path: Path, vector_cache: Path, server_database: str
) -> None:
    homes = [tmp_path / name for name in ("one", "two")]
    for home in homes:
        home.mkdir()
    with ExitStack() as stack:
        one, two = (
            stack.enter_context(
                Running(
                    home,
                    vector_cache,
                    slack,
                    "http",
                    COACH_DATABASE=server_database,
                    COACH_BACKUP_HOURS="0",
                    COACH_BUSY_SECONDS="60",
                )
            )
            for home in homes
        )
        slack.balanced = [one.endpoint, two.endpoint]
        rooms = [slack.channel(f"study-{number}") for number in range(CHANNELS)]
        _let_questions_be_due(one.unit_of_work, slack, rooms)
        people = [slack.user(f"person{number}") for number in range(PEOPLE)]
        _practise(slack, rooms[0], people)
        _examined_on_either(slack, rooms[0])
        eventually(lambda: all(_posted(slack, room) for room in rooms), PATIENCE)
        _survive(slack, rooms[0], people, one, two)
        assert [_posted(slack, room) for room in rooms] == [1] * CHANNELS
        assert two.stop() == 0
    assert "Traceback" not in (homes[1] / "coach.log").read_text()


def _let_questions_be_due(work: MakeUnitOfWork, slack: Slack, rooms: list[str]) -> None:
    clocks = [datetime.now(ZoneInfo(zone)) for zone in ("Asia/Tokyo", "Europe/Berlin")]
    now = next(each for each in clocks if 2 <= each.hour < 22)  # far from midnight
    schedule = Schedule(str(now.tzinfo), now.time().replace(second=0, microsecond=0))
    yesterday = now.date() - timedelta(days=1)
    with work() as uow:
        for room in rooms:
            a_study_channel(uow, "slack", slack.team, room, schedule=schedule, after=yesterday)
        uow.commit()


def _posted(slack: Slack, room: str) -> int:
    messages = slack.messages[room].values()
    return sum("Question of the day" in words_of(each.get("blocks", [])) for each in messages)


def _practise(slack: Slack, room: str, people: list[str]) -> None:
    """Ask through one replica and answer through whichever comes next."""
    for person in people:
        assert slack.slash(person, room, "/coach", "ask concept-drift").status == 200
    eventually(lambda: len(slack.responses) >= len(people), PATIENCE)
    for person in people:
        assert slack.slash(person, room, "/coach", f"answer {SAID}{person}").status == 200
    eventually(lambda: len(_grades(slack)) >= len(people), PATIENCE)
    assert len(_grades(slack)) == len(people)


def _grades(slack: Slack) -> list[str]:
    said = [words_of(each.get("blocks", [])) for each in slack.responses]
    return [each for each in said if "█" in each or "░" in each]


def _examined_on_either(slack: Slack, room: str) -> None:
    """Go through an interview whose steps are served by turns."""
    grace = slack.user("grace")
    before = len(slack.responses)
    for step, text in enumerate(("interview 3", f"answer {SAID}grace", "answer I do not know"), 1):
        assert slack.slash(grace, room, "/coach", text).status == 200
        eventually(lambda step=step: len(slack.responses) >= before + step, PATIENCE)
    shown = [words_of(each["blocks"]) for each in slack.responses[before:]]
    assert all("interview" in each.casefold() or "question" in each.casefold() for each in shown)


def _survive(slack: Slack, room: str, people: list[str], one: Running, two: Running) -> None:
    """Kill a replica while it grades; what it acknowledged is graded and shown by the other."""
    before, shown = len(slack.responses), len(_grades(slack))
    for person in people:
        assert slack.slash(person, room, "/coach", "ask lime").status == 200
    eventually(lambda: len(slack.responses) >= before + len(people), PATIENCE)

    async def rush() -> list[Delivery]:
        sent = [
            asyncio.create_task(slack.typing(each, room, "/coach", f"answer {SAID}{each}"))
            for each in people
        ]
        await asyncio.wait(sent, return_when=asyncio.FIRST_COMPLETED)
        one.process.kill()
        return list(await asyncio.gather(*sent))

    taken = [each.status == 200 for each in slack.run(rush())]
    assert any(taken)
    slack.balanced = [two.endpoint]
    eventually(lambda: len(_grades(slack)) >= shown + sum(taken), TAKEN_OVER)
    assert not _pending(two)
    with two.unit_of_work() as uow:
        found = [uow.learners.find(PlatformUser("slack", each, slack.team)) for each in people]
        stored = [
            each
            for learner in found
            if learner is not None
            for each in uow.attempts.newest_graded(learner.id)
            if each.question_id.endswith("lime")
        ]
    assert len(stored) >= sum(taken)
    assert len({each.learner_id for each in stored}) == len(stored)


def _pending(running: Running) -> bool:
    with running.unit_of_work() as uow:
        return bool(uow.attempts.pending())
