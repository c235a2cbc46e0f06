"""A discussion for those who have answered, on a real database, with deaths at every step."""

from datetime import timedelta

import pytest

from bot.core.communities.model import Place
from bot.core.daily.errors import NoPrivateDiscussions
from bot.core.daily.plan import Discussion
from bot.core.daily.post import LEASE, PostState, Thread
from bot.core.daily.retries import MOST_TRIES
from bot.core.errors import GradingUnavailable, Undeliverable
from bot.core.notifications.service import Notices
from knowledge.bank import QuestionBank
from tests.builders import a_user
from tests.core.daily.fixtures import ADA, DAY, GRACE, HEDY, HOSTED, HOUR, Club, Killed
from tests.core.samples import text_of
from tests.databases import MakeUnitOfWork

MINUTE = timedelta(minutes=1)
OPENS = "Once you've answered, you can join the discussion."


@pytest.fixture
def club(unit_of_work: MakeUnitOfWork, bank: QuestionBank) -> Club:
    """A question was posted a minute ago, with a discussion for those who answer."""
    club = Club(unit_of_work, bank)
    club.host("setup 09:00 Berlin")
    club.host("set thread answered")
    club.pass_by(HOUR + MINUTE, MINUTE)
    return club


def admitted(club: Club) -> list[str]:
    return [person for _, person in club.channels.admitted]


def test_a_discussion_begins_beside_the_question_and_says_what_it_is_for(club: Club):
    (post,) = club.posts()
    assert (post.thread, post.private) == (Thread.OPEN, True)
    assert club.channels.threads == {}
    ((number, begins),) = club.channels.discussions.items()
    assert post.discussion_id == number
    assert "Everyone else gets in with their own answer" in text_of(begins.message)
    assert begins.marker == f"discussion-{post.id}-{post.day:%Y%m%d}"


def test_it_is_said_with_the_question_that_answering_opens_it(club: Club):
    (question,) = club.channels.of("drift")
    assert OPENS in text_of(question.message)
    assert OPENS in text_of(club.run("", ADA))
    told = text_of(club.answer(ADA))
    assert "You can join the discussion now" in told
    assert "join the discussion" not in text_of(club.answer(ADA))
    assert OPENS not in text_of(club.run("", ADA))


def test_those_who_have_answered_are_let_in_each_once_and_nobody_else(club: Club):
    club.answer(ADA)
    club.run("", GRACE)
    club.pass_by(MINUTE, MINUTE)
    assert admitted(club) == [ADA.external_id]

    club.answer(GRACE)
    club.answer(ADA)
    club.pass_by(HOUR)

    assert admitted(club) == [ADA.external_id, GRACE.external_id]


def test_an_answer_without_a_grade_lets_in_too(club: Club):
    club.grader.outcomes = (GradingUnavailable("no model"),)
    with pytest.raises(GradingUnavailable):
        club.answer(ADA)
    club.pass_by(MINUTE, MINUTE)
    assert admitted(club) == [ADA.external_id]


def test_every_account_of_a_person_here_is_let_in(club: Club):
    second = a_user("ada-again")
    elsewhere = a_user("ada-there", platform="slack", team="T")
    with club.unit_of_work() as uow:
        for other in (second, elsewhere):
            gone = uow.learners.register(other, club.clock.at).id
            kept = uow.learners.register(ADA, club.clock.at).id
            uow.learners.merge(gone, kept)
        uow.commit()
    club.answer(ADA)
    club.pass_by(MINUTE, MINUTE)
    assert sorted(admitted(club)) == sorted([ADA.external_id, "ada-again"])


def test_who_cannot_be_let_in_stops_nobody_and_is_not_tried_for_ever(club: Club):
    club.channels.unwelcome[ADA.external_id] = Undeliverable("HTTP 500")
    tries = []

    def count(when: str) -> None:
        if when == "before admit":
            tries.append(when)

    club.channels.trouble = count
    club.answer(ADA)
    club.answer(GRACE)
    club.pass_by(5 * HOUR, timedelta(minutes=5))
    assert admitted(club) == [GRACE.external_id]
    assert len(tries) == MOST_TRIES + 1
    club.channels.unwelcome.clear()
    club.pass_by(HOUR)
    assert admitted(club) == [GRACE.external_id]


def test_who_fails_for_a_while_is_let_in_afterwards(club: Club):
    club.channels.unwelcome[ADA.external_id] = Undeliverable("HTTP 500")
    club.answer(ADA)
    club.pass_by(2 * MINUTE, MINUTE)
    club.channels.unwelcome.clear()
    club.pass_by(5 * MINUTE, MINUTE)
    assert admitted(club) == [ADA.external_id]


def test_a_platform_that_is_down_is_said_once_for_all_who_wait_and_again_when_it_is_over(
    club: Club, caplog: pytest.LogCaptureFixture
):
    everybody = (ADA, GRACE, HEDY)
    caplog.set_level("WARNING", "bot.core")
    for person in everybody:
        club.channels.unwelcome[person.external_id] = Undeliverable("it could not be reached")
        club.answer(person)
    club.pass_by(HOUR, MINUTE)
    during = list(caplog.messages)
    club.channels.unwelcome.clear()
    club.pass_by(HOUR, MINUTE)

    assert sorted(admitted(club)) == sorted(person.external_id for person in everybody)
    assert during == ["fault: discussions: discord: it could not be reached"]
    (over,) = caplog.messages[1:]
    assert over.startswith("fault over: discussions: discord: it could not be reached: after")


def test_a_question_whose_day_is_over_holds_no_fault_open(
    club: Club, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("WARNING", "bot.core")
    club.channels.unwelcome[ADA.external_id] = Undeliverable("it could not be reached")
    club.answer(ADA)
    club.pass_by(30 * HOUR, timedelta(minutes=5))

    assert len([each for each in caplog.messages if "fault over: discussions" in each]) == 1


def test_who_is_refused_for_good_is_asked_for_once(club: Club):
    club.channels.unwelcome[ADA.external_id] = Undeliverable("the person is gone", permanent=True)
    club.answer(ADA)
    club.pass_by(MINUTE, MINUTE)
    club.channels.unwelcome.clear()
    club.pass_by(HOUR)
    assert admitted(club) == []


def test_who_is_deleted_while_they_are_let_in_leaves_nothing(club: Club):
    club.answer(ADA)
    mine = club.arrive(ADA).learner.id

    def leave(when: str) -> None:
        if when == "after admit":
            with club.unit_of_work() as uow:
                uow.records.delete(mine)
                uow.commit()

    club.channels.trouble = leave
    club.pass_by(HOUR)
    assert admitted(club) == [ADA.external_id]
    assert club.posts()[0].state is PostState.SENT


def test_who_answers_last_is_let_in_before_the_results_come(club: Club):
    club.skip_to(2026, 11, 24, 7, 59)
    club.answer(ADA)
    club.pass_by(2 * MINUTE, MINUTE)
    assert admitted(club) == [ADA.external_id]
    (results,) = club.channels.results("drift")
    assert results.below == club.posts()[0].message_id
    assert club.posts()[0].state is PostState.CLOSED


def test_a_discussion_that_cannot_be_opened_is_given_up_and_promised_no_more(club: Club):
    def refuse(when: str) -> None:
        if when == "before open_discussion":
            raise Undeliverable("I lack a permission there", permanent=True)

    club.channels.trouble = refuse
    club.pass_by(DAY, HOUR)
    post = club.posts()[-1]
    assert (post.state, post.thread) == (PostState.SENT, Thread.NONE)
    assert "I lack a permission there" in club.host("status")
    (told,) = Notices(club.unit_of_work, club.clock).waiting(HEDY)
    assert "I lack a permission there" in text_of(told)
    assert "/daily set thread off" in text_of(told)
    club.pass_by(MINUTE, MINUTE)
    promised, question = club.channels.of("drift")
    assert OPENS in text_of(promised.message)
    assert OPENS in text_of(question.message)
    assert OPENS not in text_of(question.edits[-1])
    assert OPENS not in text_of(club.run("", ADA))
    assert "join the discussion" not in text_of(club.answer(ADA))


STEPS = [f"{when} {act}" for act in ("open_discussion", "admit") for when in ("before", "after")]


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_the_next_program_lets_everybody_into_one_discussion(
    unit_of_work: MakeUnitOfWork, bank: QuestionBank, step: str
):
    club, kills = Club(unit_of_work, bank), iter([True])
    club.host("setup 09:00 Berlin")
    club.host("set thread answered")

    def die(when: str) -> None:
        if when == step and next(kills, False):
            raise Killed

    club.channels.trouble = die
    died = 0
    for _ in range(90):
        club.clock.pass_by(2 * MINUTE)
        try:
            club.engine.poll()
        except Killed:
            died += 1
            club.use(club.bank)
        if len(club.asked()) == 1 and not club.channels.admitted and died + (step in STEPS[2:]):
            club.answer(ADA)
    assert died == 1
    assert len(club.channels.discussions) == 1
    (post,) = club.posts()
    assert (post.thread, post.discussion_id) == (Thread.OPEN, "private-1")
    assert set(club.channels.admitted) == {("private-1", ADA.external_id)}
    assert len(club.channels.admitted) == (2 if step == "after admit" else 1)


def test_a_slow_platform_never_keeps_a_step_beyond_its_claim(club: Club):
    for user in (ADA, GRACE, HEDY):
        club.answer(user)

    def be_slow(when: str) -> None:
        if when == "after admit":
            club.clock.pass_by(LEASE / 2 + timedelta(seconds=1))

    club.channels.trouble = be_slow
    club.engine.poll()
    club.pass_by(HOUR)
    assert sorted(admitted(club)) == sorted(each.external_id for each in (ADA, GRACE, HEDY))


@pytest.mark.parametrize("platform", ["slack", "terminal"])
def test_where_nothing_is_private_it_is_refused_and_nothing_changes(club: Club, platform: str):
    host = a_user("host", platform=platform, team="T")
    place = Place("team", "drift", "Team", "drift", host=True)
    club.run("setup 09:00 Berlin", host, place)
    with pytest.raises(NoPrivateDiscussions):
        club.run("set thread answered", host, place)
    assert "for everybody" in text_of(club.run("status", host, place))


def test_the_choice_is_told_and_may_be_taken_back(club: Club):
    assert "private, for those who have answered" in club.host("status", HOSTED)
    club.host("set thread off")
    plan = club.plan()
    assert plan is not None
    assert plan.discussion is Discussion.NONE
    club.pass_by(DAY, HOUR)
    assert len(club.channels.discussions) == 1
