"""Learners say what is the matter with a question, and hosts see to it; on a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.errors import HostsOnly, OnlyInCommunity, UsageError
from bot.core.flags.errors import (
    FlagRejected,
    FlagTooLong,
    NothingToFlag,
    TooManyFlags,
    UnknownFlag,
)
from bot.core.flags.model import MOST_A_DAY, MOST_WORDS, FlagKind
from bot.core.flags.service import Flags
from bot.core.notifications.service import Notices
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_user
from tests.core.samples import DRIFT, text_of, typed
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

ADA, BOB = a_user("ada"), a_user("bob", display_name="Bob")
THERE = Place("guild", "channel")
HOSTED = replace(THERE, host=True)


class Desk:
    """Flags over a database, with what was put on record."""

    def __init__(self, bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> None:
        self.unit_of_work = unit_of_work
        self.clock = FixedClock()
        self.flags = Flags(bank, unit_of_work, self.clock)
        self.notices = Notices(unit_of_work, self.clock)

    @property
    def recorded(self) -> list[tuple[str, str]]:
        """What the audit log says of the community, the oldest first."""
        with self.unit_of_work() as uow:
            community = uow.communities.find(ADA.platform, THERE.community)
            entries = uow.audit.of_community(community.id, 0, 100) if community else ()
        return [(entry.act, entry.subject) for entry in reversed(entries)]

    def asked(self, question: str, place: Place | None = THERE, user: PlatformUser = ADA) -> None:
        with self.unit_of_work() as uow:
            here = register_presence(uow, user, place, NOON)
            uow.asks.add(here.learner.id, question, NOON, community_id=here.community_id)
            uow.commit()

    def flag(self, words: str, place: Place | None = THERE) -> str:
        return text_of(typed(self.flags.commands(), f"flag {words}", ADA, place))

    def host(self, words: str = "", place: Place | None = HOSTED) -> str:
        return text_of(typed(self.flags.commands(), f"flags {words}", BOB, place))


@pytest.fixture
def desk(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> Desk:
    return Desk(bank, unit_of_work)


def test_buttons_flag_the_question_of_the_answer_that_they_stand_below(desk: Desk):
    desk.asked(DRIFT)
    with desk.unit_of_work() as uow:
        ask = uow.asks.get(1)
        assert ask is not None
        about = uow.attempts.add(ask, "An answer.", NOON).id
        uow.commit()
    desk.asked("interpretability/lime")

    reply = typed(desk.flags.commands(), f"flag answer {about}", ADA, THERE)
    lines = [each.words for each in reply.choices]
    assert lines[1] == f"flag answer {about} unclear"
    desk.flag(lines[1].removeprefix("flag "), None)
    assert "concept-drift" in desk.host()
    assert "lime" not in desk.host()


def test_nobody_flags_by_the_number_of_somebody_elses_answer(desk: Desk):
    desk.asked(DRIFT, user=BOB)
    with desk.unit_of_work() as uow:
        ask = uow.asks.get(1)
        assert ask is not None
        about = uow.attempts.add(ask, "An answer.", NOON).id
        uow.commit()
    with pytest.raises(NothingToFlag):
        desk.flag(f"answer {about} wrong")


def test_what_is_flagged_is_seen_and_closed_by_a_host_and_the_learner_is_told(
    desk: Desk, bank: QuestionBank
):
    desk.asked(DRIFT)

    assert "The hosts will see it" in desk.flag("unclear What is <@everyone> here?")
    listed = desk.host()
    assert "1. “" in listed
    assert bank.get(DRIFT).prompt in listed
    assert "it is unclear" in listed
    assert "What is <@everyone> here?" in listed
    assert "Flag 1 is closed" in desk.host("done 1")

    assert "No open flags" in desk.host()
    assert desk.recorded == [("flag done", "flag 1")]
    (told,) = desk.notices.waiting(ADA)
    assert bank.get(DRIFT).prompt in text_of(told)


def test_flagging_again_changes_the_open_flag(desk: Desk):
    desk.asked(DRIFT)
    desk.flag("It is not so.")
    desk.flag("outdated Since 2025.")

    listed = desk.host()
    assert "Since 2025." in listed
    assert "It is not so." not in listed


def test_a_flag_belongs_where_the_question_was_asked(desk: Desk):
    desk.asked(DRIFT)
    desk.flag("wrong", Place("elsewhere"))

    assert "1. “" in desk.host()
    assert "No open flags" in desk.host(place=Place("elsewhere", host=True))
    with pytest.raises(UnknownFlag):
        desk.host("done 1", Place("elsewhere", host=True))


def test_a_question_of_private_practice_is_flagged_to_whoever_runs_the_coach(desk: Desk):
    desk.asked(DRIFT, None)

    assert "Whoever runs this coach will see it" in desk.flag("wrong", None)
    assert "No open flags" in desk.host()
    (flag,) = desk.flags.private()
    with pytest.raises(UnknownFlag):
        desk.host(f"done {flag.id}")
    desk.flags.private_done(flag.id)
    assert desk.flags.private() == ()
    assert len(desk.notices.waiting(ADA)) == 1
    with pytest.raises(UnknownFlag):
        desk.flags.private_done(flag.id)


def test_only_hosts_see_flags_and_only_in_a_community(desk: Desk):
    with pytest.raises(HostsOnly):
        desk.host(place=THERE)
    with pytest.raises(HostsOnly):
        desk.host("done 1", THERE)
    with pytest.raises(OnlyInCommunity):
        desk.host(place=None)


@pytest.mark.parametrize("words", ["done", "done one", "7", "undo 1", "done " + "9" * 99])
def test_a_number_that_is_none_is_refused(desk: Desk, words: str):
    with pytest.raises(UsageError):
        desk.host(words)
    with pytest.raises(UnknownFlag):
        desk.host("done 99")


def test_nobody_flags_what_they_were_not_asked(desk: Desk):
    with pytest.raises(NothingToFlag):
        desk.flag("wrong")


def test_a_learner_flags_so_many_questions_a_day(desk: Desk):
    for number in range(MOST_A_DAY):
        desk.asked(f"topic/question-{number}")
        desk.flag("wrong")
    desk.flag("unclear The last one may still be changed.")
    desk.asked(DRIFT)

    with pytest.raises(TooManyFlags):
        desk.flag("wrong")
    desk.clock.pass_by(timedelta(days=1))
    assert "noted that" in desk.flag("wrong")


def test_a_question_that_has_gone_can_still_be_seen_to(desk: Desk):
    desk.asked("gone/question")
    desk.flag("wrong")

    assert "gone/question, which is not in the bank any more" in desk.host()
    assert "Flag 1 is closed" in desk.host("done 1")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(max_size=MOST_WORDS + 40))
def test_any_flag_is_kept_on_one_line_or_refused(desk: Desk, words: str):
    desk.asked(DRIFT, None)
    try:
        told = desk.flag(words, None)
    except (FlagRejected, UsageError):
        return
    if "What's the matter" in told:
        return
    (flag,) = desk.flags.private()
    assert len(flag.words) <= MOST_WORDS
    assert len(flag.words.splitlines()) <= 1


@pytest.mark.parametrize(
    ("typed_words", "kind", "remark"),
    [
        ("Outdated  since\n2025", FlagKind.OUTDATED, "since 2025"),
        ("unclear", FlagKind.UNCLEAR, ""),
        ("It is not so.", FlagKind.WRONG, "It is not so."),
        ("wrong unclear words", FlagKind.WRONG, "unclear words"),
    ],
)
def test_the_kind_of_a_flag_comes_first_or_it_is_wrong(
    desk: Desk, typed_words: str, kind: FlagKind, remark: str
):
    desk.asked(DRIFT, None)

    desk.flag(typed_words, None)

    (flag,) = desk.flags.private()
    assert (flag.kind, flag.words) == (kind, remark)


def test_a_flag_says_something_and_not_too_much(desk: Desk):
    desk.asked(DRIFT)

    assert "What's the matter" in desk.flag("  ")
    assert desk.host() == "No open flags."
    with pytest.raises(FlagTooLong):
        desk.flag("wrong " + "x" * (MOST_WORDS + 1))
