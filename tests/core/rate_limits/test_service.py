"""Nobody who types meets a limit, a script does; and what one does is not held against others."""

import pytest

from bot.core.accounts.model import PlatformUser
from bot.core.command_refs import spoken
from bot.core.communities.model import Place
from bot.core.rate_limits import service
from bot.core.rate_limits.errors import AnswersTooFast, TooFast
from bot.core.rate_limits.model import Cost, Rate
from bot.core.rate_limits.service import RateLimits
from tests.builders import a_user
from tests.fakes import FixedClock

ADA, BOB = a_user("ada"), a_user("bob")
HERE, THERE = Place("here", "c"), Place("there", "c")


class Timed:
    """Limits whose seconds pass when a test says so."""

    def __init__(self, person: int = 3, community: int = 0) -> None:
        self.seconds = 0.0
        rates = {Cost.SEARCH: Rate(person, community), Cost.ANSWER: Rate(person, community)}
        exempt = frozenset({"terminal"})
        self.limits = RateLimits(FixedClock(), rates, exempt, lambda: self.seconds)

    def takes(self, user: PlatformUser = ADA, place: Place | None = HERE) -> bool:
        try:
            self.limits.spend(Cost.SEARCH, user, place)
        except TooFast:
            return False
        return True


def test_as_much_as_a_minute_allows_goes_at_once_and_then_at_that_rate():
    timed = Timed(person=3)
    assert [timed.takes() for _ in range(5)] == [True, True, True, False, False]
    timed.seconds += 19.9
    assert not timed.takes()
    timed.seconds += 0.2
    assert [timed.takes(), timed.takes()] == [True, False]
    timed.seconds += 3600
    assert [timed.takes() for _ in range(4)] == [True, True, True, False]


def test_people_and_costs_are_counted_apart():
    timed = Timed(person=1)
    assert timed.takes(ADA)
    assert timed.takes(BOB)
    assert timed.takes(a_user("ada", platform="slack", team="T1"), THERE)
    timed.limits.answer(ADA, HERE, "Because.")
    assert not timed.takes(ADA, THERE)
    timed.limits.spend(Cost.PICTURE, ADA, HERE)  # has no limit


def test_a_community_has_a_limit_of_its_own():
    timed = Timed(person=2, community=3)
    people = [a_user(str(number)) for number in range(4)]
    assert [timed.takes(each) for each in people] == [True, True, True, False]
    assert timed.takes(people[3], THERE)
    assert timed.takes(people[3], None)
    with pytest.raises(TooFast) as met:
        timed.limits.spend(Cost.SEARCH, people[0], HERE)
    assert "A lot is going on here" in met.value.sentence


def test_in_private_a_workspace_is_counted_by_its_people():
    timed = Timed(person=2, community=1)
    assert timed.takes(a_user("U1", platform="slack", team="T1"), None)
    assert not timed.takes(a_user("U2", platform="slack", team="T1"), None)


def test_a_terminal_of_ones_own_has_no_limits():
    timed = Timed(person=1)
    alone = a_user("me", platform="terminal")
    assert all(timed.takes(alone, None) for _ in range(50))


def test_the_refusal_says_kindly_when_to_go_on():
    timed = Timed(person=3)
    while timed.takes():
        pass
    with pytest.raises(TooFast) as met:
        timed.limits.spend(Cost.SEARCH, ADA, HERE)
    assert spoken(met.value.sentence) == "That was a lot at once; ask again in 20 seconds."


def test_an_answer_that_is_refused_comes_back():
    timed = Timed(person=1)
    timed.limits.answer(ADA, HERE, "First.")
    with pytest.raises(AnswersTooFast) as met:
        timed.limits.answer(ADA, HERE, "Second.")
    assert met.value.text == "Second."
    assert "send it in 60 seconds" in spoken(met.value.sentence)


def test_memory_is_bounded_whoever_comes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(service, "MOST_BUCKETS", 10)
    timed = Timed(person=1)
    for number in range(100):
        assert timed.takes(a_user(str(number)), None)
    assert len(timed.limits) == 10
