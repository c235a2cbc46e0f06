"""What was acknowledged when the program ended is finished by the next: grades, forms, and once."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from bot.core.coach.late_grades import IN_WORK
from bot.platforms.slack import platform as platform_module
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.owing import FORGOTTEN
from bot.platforms.slack.platform import SlackPlatform
from bot.platforms.slack.settings import SlackSettings
from bot.storage.engine import make_engine
from tests.databases import MakeUnitOfWork, units_of
from tests.fakes import FakeGrader, FixedClock
from tests.platforms.slack.conftest import Json, eventually, words_of
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.emulator.server import BOT_TOKEN, SECRET
from tests.platforms.slack.emulator.state import BOT_USER

ANSWER = "The relationship between the inputs and the target changes."

Start = Callable[[], SlackPlatform]


@pytest.fixture
def start(
    slack: Slack,
    desk: SlackDesk,
    database: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Start]:
    """Start the program; each is stopped before the next, and waits for nothing then.

    Each opens the database itself: by that it is known from those before it.
    """
    monkeypatch.setattr(platform_module, "FINISH_SECONDS", 0.0)
    settings = SlackSettings(
        mode="http",
        bot_token=SecretStr(BOT_TOKEN),
        signing_secret=SecretStr(SECRET),
        api_url=slack.api_url,
        port=0,
    )
    running: list[SlackPlatform] = []
    engines: list[Engine] = []

    def anew() -> SlackPlatform:
        for each in running:
            asyncio.run(each.stop())
        engines.append(make_engine(database))
        running[:] = [SlackPlatform(desk, settings, units_of(engines[-1]), clock)]
        asyncio.run(running[0].start())
        slack.endpoint = f"http://127.0.0.1:{running[0].port}/slack/events"
        return running[0]

    yield anew
    asyncio.run(running[0].stop())
    for engine in engines:
        engine.dispose()


class Killed(BaseException):
    """The program ends here: nothing after it is done."""


class Room:
    """Somebody before a program that can be made to end in the middle of its work."""

    def __init__(self, slack: Slack, desk: SlackDesk, grader: FakeGrader, start: Start) -> None:
        self.slack, self.desk, self.grader, self._start = slack, desk, grader, start
        self.ada, self.channel = slack.user("ada", admin=True), slack.channel("ml")
        self.platform = start()
        self.slash("ask concept-drift")
        self.settled()

    def slash(self, text: str) -> None:
        self.slack.slash(self.ada, self.channel, "/coach", text)

    def settled(self) -> None:
        assert self.platform.settled(300)

    def form(self) -> Json:
        *_, form = self.slack.views.values()
        return form

    def killed(self) -> None:
        """End the program that runs now, wherever it is, when it grades."""

        def end() -> None:
            self.grader.meanwhile = lambda: None
            raise Killed

        self.grader.meanwhile = end

    def restarted(self) -> None:
        self.platform = self._start()
        self.settled()

    def private(self) -> list[str]:
        messages = self.slack.messages[self.slack.dm(self.ada)].values()
        return [words_of(each.get("blocks")) for each in messages if "bot_id" in each]


@pytest.fixture
def room(slack: Slack, desk: SlackDesk, fake_grader: FakeGrader, start: Start) -> Room:
    return Room(slack, desk, fake_grader, start)


def opened(room: Room) -> Json:
    room.slack.click(room.ada, room.slack.responses[-1], "coach:answer")
    room.settled()
    return room.form()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("way", ["form", "closed form", "command", "message", "mention"])
def test_a_grade_that_was_owed_is_shown_once_where_it_was_waited_for(room: Room, way: str) -> None:
    form = opened(room)
    room.killed()
    if "form" in way:
        room.slack.submit(room.ada, form, field=ANSWER)
    elif way == "command":
        room.slash(f"answer {ANSWER}")
    else:
        private = way == "message"
        channel = room.slack.dm(room.ada) if private else room.channel
        room.slack.say(room.ada, channel, ANSWER if private else f"<@{BOT_USER}> answer {ANSWER}")
    eventually(lambda: room.grader.graded)
    if way == "closed form":
        room.slack.views.clear()
    room.restarted()
    shown = {
        "form": [words_of(form["blocks"])],
        "command": [words_of(each["blocks"]) for each in room.slack.responses[1:]],
        "message": room.private(),
        "mention": [words_of(each["blocks"]) for each in room.slack.ephemeral],
    }
    shown["closed form"] = shown["mention"]
    assert ["70 %" in each for each in shown[way]] == [True]
    before = len(room.slack.log)
    room.restarted()
    assert [name for name, *_ in room.slack.log[before:] if name != "auth.test"] == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_grade_that_is_told_as_news_meanwhile_is_shown_in_the_form_alone(
    room: Room, clock: FixedClock
) -> None:
    form = opened(room)
    room.killed()
    room.slack.submit(room.ada, form, field=ANSWER)
    eventually(lambda: room.grader.graded)
    room.slack.views.clear()
    clock.pass_by(2 * IN_WORK)
    room.restarted()
    assert room.private() == []
    assert room.slack.ephemeral == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_set_up_that_was_sent_is_done_by_the_next_program(
    room: Room, desk: SlackDesk, monkeypatch: pytest.MonkeyPatch, unit_of_work: MakeUnitOfWork
) -> None:
    room.slash("setup")
    room.settled()
    reached = threading.Event()

    def killed(*_: object, **__: object) -> None:
        reached.set()
        raise Killed

    values = {"channel": room.channel, "time": "08:30", "zone": "UTC", "days": ["0"], "hours": "12"}
    form = room.form()
    with monkeypatch.context() as patch:
        patch.setattr(desk.services.plans, "set_up", killed)
        room.slack.submit(room.ada, form, **values)
        assert reached.wait(60)
    assert "One moment" in words_of([form["title"]])
    room.restarted()
    assert "what will happen" in words_of(form["blocks"])
    room.restarted()
    assert len(room.slack.messages[room.channel]) == 1
    with unit_of_work() as uow:
        assert len(uow.plans.active(["slack"])) == 1


SORRY = "I was restarted just then. Please try that again."


def cut_off(room: Room, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let somebody do what the program is killed in the middle of, and start the next."""
    reached = threading.Event()

    def killed(*_: object, **__: object) -> None:
        reached.set()
        raise Killed

    with monkeypatch.context() as patch:
        for name in ("carry_out", "press"):
            patch.setattr(SlackDesk, name, killed)
        patch.setattr(room.desk.coach, "ask", killed)
        act()
        assert reached.wait(60)
    room.restarted()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("way", ["home", "shortcut"])
def test_a_form_that_a_click_opened_to_wait_does_not_wait_for_ever(
    room: Room, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    room.slack.open_home(room.ada)
    room.settled()
    home = room.slack.home[room.ada]
    theirs = room.slack.post(room.channel, {"text": "What is drift?"}, room.ada)
    theirs["channel"] = room.channel
    before = set(room.slack.views)

    def click() -> None:
        if way == "home":
            buttons = [each for block in home["blocks"] for each in block.get("elements", ())]
            (figures,) = (each for each in buttons if words_of(each.get("text")) == "All figures")
            room.slack.click(room.ada, home, figures["action_id"])
        else:
            room.slack.shortcut(room.ada, "coach:answer_message", theirs)

    cut_off(room, monkeypatch, click)
    (opened,) = (room.slack.views[each] for each in set(room.slack.views) - before)
    assert SORRY in words_of(opened["blocks"])
    assert room.private() == []
    room.restarted()
    assert room.private() == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("way", ["command", "click", "message", "mention"])
def test_who_was_cut_off_is_told_once_to_try_again(
    room: Room, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    asked = room.slack.responses[-1]
    act = {
        "command": lambda: room.slash("topics"),
        "click": lambda: room.slack.click(room.ada, asked, "coach:hint"),
        "message": lambda: room.slack.say(room.ada, room.slack.dm(room.ada), "topics"),
        "mention": lambda: room.slack.say(room.ada, room.channel, f"<@{BOT_USER}> topics"),
    }[way]
    cut_off(room, monkeypatch, act)

    def told() -> list[str]:
        shown = (*room.slack.responses[1:], *room.slack.ephemeral)
        return [*(words_of(each["blocks"]) for each in shown), *room.private()]

    assert told() == [SORRY]
    room.restarted()
    assert told() == [SORRY]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_nobody_is_told_who_has_long_gone(
    room: Room, monkeypatch: pytest.MonkeyPatch, clock: FixedClock
) -> None:
    def act() -> None:
        room.slash("topics")
        clock.pass_by(2 * FORGOTTEN)

    cut_off(room, monkeypatch, act)
    assert len(room.slack.responses) == 1
    assert room.private() == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_wish_that_was_cut_off_is_answered_with_what_is_open(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached = threading.Event()

    def killed(*_: object) -> None:
        reached.set()
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(SlackDesk, "_grant", killed)
        room.slack.say(room.ada, room.slack.dm(room.ada), "give me a hint please")
        assert reached.wait(60)
    room.restarted()
    (told,) = room.private()
    assert "What is concept drift" in told
