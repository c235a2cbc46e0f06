"""A message that was sent earlier says which question it is about: its buttons work on that one."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Membership, Place, Role, Visibility
from bot.core.errors import DeliveredBefore, GradingBusy
from bot.core.practice.answering import Answering
from bot.core.practice.errors import EmptyAnswer, NoOpenQuestion
from bot.core.practice.model import AskState
from bot.core.reply import Reply
from grading.errors import GraderBusy
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_user
from tests.core.samples import ANSWER, DRIFT, Table, coach_of, text_of
from tests.fakes import FakeGrader
from tests.memory import InMemoryUnitOfWork

CLUB = Place("guild", "7", community_name="ML club", channel_name="drift", role=Role.STAFF)


def test_the_first_question_in_a_place_makes_it_known(table: Table):
    table.ask("drift", CLUB)

    database = table.database
    (community,), (channel,) = database.communities.values(), database.channels.values()
    assert (community.platform, community.external_id) == ("discord", "guild")
    assert (community.name, community.created_at) == ("ML club", NOON)
    assert (channel.community_id, channel.external_id, channel.name) == (1, "7", "drift")
    assert list(database.memberships.values()) == [
        Membership(1, 1, "Ada", NOON, role=Role.STAFF, visibility=Visibility.UNASKED)
    ]


def test_later_questions_make_nothing_twice_and_keep_names_up_to_date(table: Table):
    table.ask("drift", CLUB)
    table.clock.pass_by(timedelta(days=1))
    table.user = a_user(display_name="Countess")
    table.ask("lime", replace(CLUB, community_name="ML circle", channel_name="", role=None))

    database = table.database
    assert [community.name for community in database.communities.values()] == ["ML circle"]
    assert [channel.name for channel in database.channels.values()] == ["drift"]
    assert list(database.memberships.values()) == [
        Membership(1, 1, "Countess", NOON, role=Role.STAFF)
    ]


def test_an_answer_knows_where_it_was_asked(table: Table):
    table.ask("drift", CLUB)
    table.answer()
    table.ask("lime", replace(CLUB, channel=""))
    table.answer()
    table.ask("fine-tuning")
    table.answer()

    places = [(attempt.community_id, attempt.channel_id) for attempt in table.attempts]
    assert places == [(1, 1), (1, None), (None, None)]
    assert [attempt.first for attempt in table.attempts] == [True, True, True]


def test_the_same_id_on_two_platforms_is_two_communities(table: Table):
    table.ask("drift", CLUB)
    table.coach.ask(a_user(platform="slack"), "drift", CLUB)

    platforms = [community.platform for community in table.database.communities.values()]
    assert platforms == ["discord", "slack"]


def test_without_a_place_there_is_no_community(table: Table):
    table.ask("drift")

    assert table.database.communities == table.database.memberships == {}


def test_the_first_time_the_coach_says_what_it_is_and_what_to_type(table: Table):
    reply = table.coach.welcome(table.user)

    assert "Welcome to the interview coach" in text_of(reply)
    assert f"{len(table.bank)} questions" in text_of(reply)
    assert "/ask" in text_of(reply)
    assert "/help" in text_of(reply)
    assert table.database.learners == {}


def test_somebody_known_is_greeted_by_name_with_their_record(table: Table):
    table.ask("drift")
    table.answer()

    reply = table.coach.welcome(table.user)

    assert "Welcome back, Ada" in text_of(reply)
    assert f"1 of {len(table.bank)} questions with 70 % on average" in text_of(reply)
    assert reply.question_id is None


def test_somebody_who_left_before_the_first_answer_is_told_that_nothing_is_graded(table: Table):
    table.ask("drift")
    table.coach.skip(table.user)

    reply = text_of(table.coach.welcome(table.user))

    assert "no graded answers yet" in reply


def test_a_question_left_open_is_shown_again(table: Table):
    table.ask("drift")

    reply = table.coach.welcome(table.user)

    assert reply.question_id == DRIFT
    assert table.bank.get(DRIFT).prompt in text_of(reply)


def test_an_open_question_that_has_gone_is_not_shown(bank: QuestionBank):
    table = Table(bank)
    table.ask("drift")
    fewer = QuestionBank(bank.topics, [question for question in bank if question.id != DRIFT])

    reply = Table(fewer, database=table.database).coach.welcome(table.user)

    assert reply.question_id is None


def asked(reply: Reply) -> int:
    assert reply.ask_id is not None
    return reply.ask_id


def test_an_answer_goes_to_the_ask_that_it_names(table: Table):
    first = asked(table.ask("drift"))
    second = asked(table.ask("deployment"))

    reply = table.coach.submit_answer(table.user, ANSWER, first)

    (attempt,) = table.attempts
    assert (attempt.ask_id, attempt.question_id) == (first, DRIFT)
    assert (reply.ask_id, reply.question_id) == (first, DRIFT)
    assert table.database.asks[second].state is AskState.OPEN


def test_help_is_about_the_ask_that_it_names(table: Table):
    first = asked(table.ask("drift"))
    second = asked(table.ask("deployment"))

    hint = table.coach.hint(table.user, first)
    reveal = table.coach.reveal(table.user, first)

    assert (hint.ask_id, reveal.ask_id) == (first, first)
    assert (hint.question_id, reveal.question_id) == (DRIFT, DRIFT)
    assert table.database.asks[first].hints == 1
    assert table.database.asks[second].hints == 0


def test_an_earlier_ask_can_be_skipped_and_takes_no_more_answers(table: Table):
    first = asked(table.ask("drift"))
    second = asked(table.ask("deployment"))

    table.coach.skip(table.user, first)

    assert table.database.asks[second].state is AskState.OPEN
    with pytest.raises(NoOpenQuestion):
        table.coach.submit_answer(table.user, ANSWER, first)


@pytest.mark.parametrize("stranger", [a_user("43", display_name="Grace"), a_user("44")])
def test_nobody_answers_for_somebody_else(table: Table, stranger: PlatformUser):
    first = asked(table.ask("drift"))
    table.coach.ask(stranger)

    with pytest.raises(NoOpenQuestion):
        table.coach.submit_answer(stranger, ANSWER, first)
    with pytest.raises(NoOpenQuestion):
        table.coach.reveal(stranger, first)

    assert table.attempts == []


def test_the_question_that_was_left_open_is_named_in_the_welcome(table: Table):
    first = asked(table.ask("drift"))

    assert table.coach.welcome(table.user).ask_id == first


def test_a_taken_answer_is_stored_before_it_is_graded(table: Table) -> None:
    asked = table.ask(DRIFT)
    grade = table.coach.take_answer(table.user, ANSWER, asked.ask_id)
    (attempt,) = table.attempts
    assert attempt.is_pending
    assert table.database.asks[attempt.ask_id].state is AskState.ANSWERED
    assert table.grader.graded == []

    reply = grade()
    assert "0.7" in str(reply.blocks[0])
    assert reply.ask_id == asked.ask_id
    assert [each.is_pending for each in table.attempts] == [False]


def test_grading_an_answer_graded_meanwhile_shows_that_grade(table: Table) -> None:
    table.ask(DRIFT)
    grade = table.coach.take_answer(table.user, ANSWER)
    first = grade()
    assert text_of(grade()) == text_of(first)
    assert len(table.attempts) == 1


def test_what_cannot_be_graded_is_not_taken(table: Table) -> None:
    with pytest.raises(NoOpenQuestion):
        table.coach.take_answer(table.user, ANSWER)
    table.ask(DRIFT)
    with pytest.raises(EmptyAnswer):
        table.coach.take_answer(table.user, "🙂")
    assert table.attempts == []


def test_an_answer_that_a_busy_grader_left_stays_stored(table: Table) -> None:
    table.grader = FakeGrader(GraderBusy(1), *FakeGrader().outcomes)
    table.ask(DRIFT)
    grade = table.coach.take_answer(table.user, ANSWER)
    with pytest.raises(GradingBusy):
        grade()
    assert [each.answer for each in table.attempts] == [ANSWER]


def test_an_answer_that_is_delivered_twice_is_stored_once(table: Table) -> None:
    table.ask(DRIFT)
    table.coach.take_answer(table.user, ANSWER, delivery="a platform:1")
    with pytest.raises(DeliveredBefore):
        table.coach.take_answer(table.user, ANSWER, delivery="a platform:1")
    table.coach.take_answer(table.user, ANSWER, delivery="a platform:2")
    assert len(table.attempts) == 2


def test_a_delivery_that_was_refused_may_come_again(table: Table) -> None:
    with pytest.raises(NoOpenQuestion):
        table.coach.take_answer(table.user, ANSWER, delivery="a platform:1")
    table.ask(DRIFT)
    table.coach.take_answer(table.user, ANSWER, delivery="a platform:1")
    assert len(table.attempts) == 1


def test_asking_and_storing_are_one_transaction_that_goes_before_others(table: Table) -> None:
    urgent: list[InMemoryUnitOfWork] = []

    def storing() -> InMemoryUnitOfWork:
        urgent.append(table.database.unit_of_work())
        return urgent[-1]

    def other() -> InMemoryUnitOfWork:
        raise AssertionError("it stands behind everybody else")

    answering = Answering(table.bank, table.grader, other, table.clock, storing=storing)
    coach = coach_of(table.bank, answering, other, table.clock)
    for _ in range(2):
        with suppress(DeliveredBefore):
            coach.take_answer(
                table.user,
                ANSWER,
                delivery="a platform:1",
                begin=lambda uow: coach.begin(uow, table.user, DRIFT, CLUB),
            )
    assert len(urgent) == 2
    assert [each.question_id for each in table.attempts] == [DRIFT]
    assert len(table.database.asks) == 1
