"""What costs has a limit, whoever adds it to the table; what is cheap has none."""

from pathlib import Path

import pytest

from bot.bootstrap.application import Application
from bot.bootstrap.rate_limits import rate_limits_of
from bot.core.commands import Command, Kind, Request, Upload, Value
from bot.core.communities.model import Place
from bot.core.rate_limits.errors import TooFast
from bot.core.rate_limits.model import Cost
from bot.platforms.front_desk import FrontDesk
from bot.rate_limit_settings import RateLimitSettings
from tests.application import an_application
from tests.builders import a_user
from tests.fakes import FakeFinder, FixedClock

HERE = Place("guild", "drift", host=True)
CHEAP = ("help", "hint", "skip", "topics", "streak", "privacy", "settings", "daily")


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return an_application(tmp_path, search=FakeFinder(("monitoring/concept-drift", 0.9)))


def _given(command: Command, kind: Kind) -> dict[str, Value]:
    """What brings a file, or sets each flag of a picture."""
    if kind is Kind.FILE:
        return {e.name: Upload("a.csv", b"") for e in command.parameters if e.kind is Kind.FILE}
    return {each.name: True for each in command.parameters if each.name == "picture"}


def test_whatever_takes_a_file_or_draws_a_picture_costs(application: Application) -> None:
    found = set()
    for command in application.features.commands:
        for kind, cost in ((Kind.FILE, Cost.FILE), (Kind.FLAG, Cost.PICTURE)):
            if values := _given(command, kind):
                assert command.costs is not None, command.name
                assert command.costs(Request(a_user(), HERE, values)) is cost, command.name
                found.add(command.name)
    assert found >= {"questions add", "questions edit", "progress", "leaderboard"}


@pytest.mark.parametrize(
    ("name", "values", "cost"),
    [
        ("answer", {"text": "It changes."}, Cost.ANSWER),
        ("answer", {}, None),
        ("grade", {"number": 1}, Cost.ANSWER),
        ("grade", {"number": 1, "no": True}, None),
        ("privacy", {"what": "export"}, Cost.EXPORT),
        ("privacy", {"what": "delete"}, None),
        ("interview", {"step": "report picture"}, Cost.PICTURE),
        ("interview", {"step": "report"}, None),
        ("questions get", {}, Cost.EXPORT),
        ("questions stats", {}, Cost.REPORT),
        ("suggest", {"question": "T: Q | a | b | c"}, Cost.FILE),
        ("gaps", {}, Cost.REPORT),
        ("changes", {}, Cost.REPORT),
    ],
)
def test_what_a_command_costs(
    application: Application, name: str, values: dict[str, Value], cost: Cost | None
) -> None:
    command = FrontDesk(application.features).commands[name]
    assert command.costs is not None
    assert command.costs(Request(a_user(), HERE, values)) is cost


def test_what_is_cheap_has_no_limit(application: Application) -> None:
    commands = FrontDesk(application.features).commands
    for name in CHEAP:
        costs = commands[name].costs
        assert costs is None or costs(Request(a_user(), HERE)) is None


def test_only_words_of_ones_own_are_searches(tmp_path: Path) -> None:
    limits = RateLimitSettings(searches=1)
    finder = FakeFinder(("monitoring/concept-drift", 0.9))
    ask = an_application(tmp_path, search=finder, rate_limits=limits).features.coach.ask
    ask(a_user(), "when the world moves on", HERE)
    with pytest.raises(TooFast):
        ask(a_user(), "when the world moves on", HERE)
    for known in ("", "drift", "concept-drift", "deployment") * 2:
        assert ask(a_user(), known, HERE).ask_id


def test_operators_choose_the_limits(tmp_path: Path) -> None:
    def spent(settings: RateLimitSettings, user: str = "", platform: str = "discord") -> int:
        application = an_application(tmp_path, rate_limits=settings)
        limits = rate_limits_of(application.settings, FixedClock(), {"terminal"})
        for number in range(30):
            try:
                limits.spend(Cost.PICTURE, a_user(user or str(number), platform=platform), HERE)
            except TooFast:
                return number
        return 30

    assert spent(RateLimitSettings(pictures=3), "ada") == 3
    assert spent(RateLimitSettings(pictures=0), "ada") == 30
    assert spent(RateLimitSettings(pictures=3, community_factor=4)) == 12
    assert spent(RateLimitSettings(pictures=3, community_factor=0)) == 30
    assert spent(RateLimitSettings(pictures=3), "me", "terminal") == 30
