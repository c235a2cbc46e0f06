"""What answers earn: the rules of points, and what people are told of them."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.communities.model import Visibility
from bot.core.leaderboard.consequences import recompute_points
from bot.core.practice.model import AskState, Purpose
from grading.grade import Flag
from knowledge.bank import QuestionBank
from tests.builders import NOON
from tests.core.leaderboard.fixtures import LONG, THERE, Room
from tests.core.samples import DRIFT, a_grade_of
from tests.databases import MakeUnitOfWork

NEXT = NOON.date() + timedelta(1)


@pytest.fixture
def room(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> Room:
    room = Room(bank, unit_of_work)
    room.arrive("Ada")
    room.arrive("Bob")
    room.shows("Ada", "Bob")
    return room


def test_the_first_answer_to_a_posted_question_earns_its_score_times_the_weight(room: Room):
    room.answer("Ada", room.post(weight=1.2), 0.5)

    assert room.ranks() == [(1, "Ada", 60)]


def test_a_later_answer_earns_no_rank_but_is_told_to_be_better(room: Room):
    post = room.post()
    first = room.answer("Ada", post, 0.5)
    worse, better = room.answer("Ada", post, 0.4), room.answer("Ada", post, 0.9)

    assert room.ranks() == [(1, "Ada", 50)]
    assert "50 points on the leaderboard" in room.said_of(first)
    assert room.said_of(worse) == ""
    assert "Improved: your first answer had 50 %." in room.said_of(better)


def test_an_assisted_answer_earns_nothing_and_takes_nothing_from_the_next(room: Room):
    post = room.post()
    room.answer("Ada", post, 1.0, revealed=True)
    assert room.ranks() == []

    room.answer("Ada", post, 0.4)
    assert room.ranks() == [(1, "Ada", 40)]


@pytest.mark.parametrize("purpose", [p for p in Purpose if p is not Purpose.DAILY])
def test_practice_earns_nothing(room: Room, purpose: Purpose):
    attempt = room.answer("Ada", None, purpose=purpose)

    assert room.ranks() == []
    assert room.said_of(attempt) == ""


def test_an_answer_after_the_close_earns_nothing(room: Room):
    post = room.post()
    room.days_pass(1)
    attempt = room.answer("Ada", post)

    assert "No points for you in this period" in room.board("Ada")
    assert room.said_of(attempt) == ""


def test_an_answer_counts_for_the_day_of_the_post_however_late_its_grade_comes(room: Room):
    attempt = room.answer("Ada", room.post(), pending=True)
    room.days_pass(7)
    room.answering().grade(attempt)

    assert room.ranks() == [(1, "Ada", 70)]
    assert "No points for you in this period" in room.board("Ada", "week")


def test_the_answer_that_was_written_first_counts_whichever_is_graded_first(room: Room):
    post = room.post()
    first = room.answer("Ada", post, pending=True)
    room.answer("Ada", post, 0.9)
    assert room.ranks() == []

    room.marks.score = 0.4
    room.answering().grade(first)
    assert room.ranks() == [(1, "Ada", 40)]


NO_TRIES = (Flag.TOO_SHORT, Flag.DONT_KNOW, Flag.ECHO, Flag.KEYWORD_LIST, Flag.OFF_TOPIC)


@pytest.mark.parametrize("flag", NO_TRIES)
def test_what_was_no_try_spoils_nothing(room: Room, flag: Flag):
    post = room.post()
    talk = room.answer("Ada", post, 0.0, flags=(flag,))
    assert room.ranks() == []
    assert room.said_of(talk) == ""

    answer = room.answer("Ada", post, 0.9)
    assert room.ranks() == [(1, "Ada", 90)]
    assert "90 points" in room.said_of(answer)


def test_an_answer_graded_before_the_small_talk_above_it_still_counts(room: Room):
    post = room.post()
    talk = room.answer("Ada", post, pending=True)
    room.answer("Ada", post, 0.9)
    assert room.ranks() == []

    room.marks.score, room.marks.flags = 0.0, (Flag.OFF_TOPIC,)
    room.answering().grade(talk)
    assert room.ranks() == [(1, "Ada", 90)]


def test_one_question_in_two_channels_counts_in_each(room: Room):
    room.answer("Ada", room.post(), 0.5)
    room.answer("Ada", room.post(place=THERE), 0.3)

    assert room.ranks() == [(1, "Ada", 80)]


def test_a_copy_of_the_reference_is_not_ranked_and_the_person_is_told_why(room: Room):
    attempt = room.answer("Ada", room.post(), 0.9, flags=(Flag.COPIED_REFERENCE,))

    assert room.ranks() == []
    told = room.said_of(attempt)
    assert "not ranked: it is the reference answer, nearly word for word" in told
    assert f"/include answer {attempt.id}" in told


def test_who_looked_the_question_up_meanwhile_is_not_ranked_and_told_why(room: Room):
    post = room.post()
    ada = room.arrive("Ada")
    with room.unit_of_work() as uow:
        ask = uow.asks.add(ada.learner.id, DRIFT, room.clock.at)
        uow.asks.update(ask.id, AskState.REVEALED, 0)
        uow.commit()

    attempt = room.answer("Ada", post, 0.9)

    assert room.ranks() == []
    assert "you had looked up its reference answer" in room.said_of(attempt)


def test_what_was_looked_up_before_the_question_was_posted_does_no_harm(room: Room):
    post = room.post()
    ada = room.arrive("Ada")
    with room.unit_of_work() as uow:
        ask = uow.asks.add(ada.learner.id, DRIFT, post.due_at - timedelta(minutes=1))
        uow.asks.update(ask.id, AskState.REVEALED, 0)
        uow.commit()
    room.answer("Ada", post, 0.9)
    assert len(room.ranks()) == 1


def test_a_near_copy_of_an_earlier_answer_is_not_ranked_but_the_earlier_one_is(room: Room):
    post = room.post()
    original = room.answer("Ada", post, text=LONG)
    copy = room.answer("Bob", post, text=LONG.replace("for good", "for long").upper())

    assert room.ranks() == [(1, "Ada", 70)]
    assert "what somebody else answered" in room.said_of(copy)
    assert "70 points" in room.said_of(original)


def test_short_answers_faded_ones_and_ones_own_are_no_originals(room: Room):
    post = room.post()
    room.answer("Ada", post, text="Something changes over time.")
    room.answer("Bob", post, text="Something changes over time.")
    assert len(room.ranks()) == 2

    other = room.post(place=THERE)
    room.answer("Ada", other, text=LONG, revealed=True)
    room.answer("Ada", other, text=LONG)
    assert room.ranks()[0] == (1, "Ada", 140)


def test_the_first_daily_answer_asks_once_what_others_may_see(room: Room):
    newcomer = room.answer("Eve", room.post())
    assert "Want to show up on the leaderboard here?" in room.said_of(newcomer)
    assert room.ranks() == []

    again = room.answer("Eve", room.post(place=THERE))
    assert "Want to show up" not in room.said_of(again)
    assert "Want to show up" not in room.said_of(room.answer("Ada", room.post(NEXT)))


def test_who_chose_before_is_not_asked(room: Room):
    room.shows("Eve", how=Visibility.HIDDEN)

    assert "Want to show up" not in room.said_of(room.answer("Eve", room.post()))


def test_an_answer_that_is_graded_anew_changes_its_points(room: Room, bank: QuestionBank):
    post = room.post(weight=1.5)
    attempt, later = room.answer("Ada", post, 0.4), room.answer("Ada", post, 0.5)
    with room.unit_of_work() as uow:
        recompute_points(uow, attempt, a_grade_of(bank.get(DRIFT), score=0.8))
        recompute_points(uow, later, a_grade_of(bank.get(DRIFT), score=1.0))
        uow.commit()

    assert room.ranks() == [(1, "Ada", 120)]


def test_a_copy_that_is_graded_anew_stays_unranked(room: Room, bank: QuestionBank):
    attempt = room.answer("Ada", room.post(), 0.9, flags=(Flag.COPIED_REFERENCE,))
    with room.unit_of_work() as uow:
        recompute_points(uow, attempt, a_grade_of(bank.get(DRIFT), score=1.0))
        uow.commit()

    assert room.ranks() == []


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(6)))
def test_points_do_not_depend_on_the_order_in_which_grades_come(
    bank: QuestionBank, unit_of_work: MakeUnitOfWork, order: list[int]
):
    with unit_of_work() as uow:  # nothing is committed: each example finds an empty database
        room = Room(bank, lambda: Inner(uow))
        ours, theirs = room.post(), room.post(place=THERE)
        attempts = [
            room.answer("Ada", ours, pending=True, text=LONG),
            room.answer("Bob", ours, pending=True, text=LONG),
            room.answer("Bob", ours, pending=True),
            room.answer("Ada", theirs, pending=True),
            room.answer("Ada", theirs, pending=True),
            room.answer("Bob", theirs, pending=True),
        ]
        room.shows("Ada", "Bob")
        for number in order:
            room.marks.score = (number + 1) / 10
            room.answering().grade(attempts[number])
        assert room.ranks() == [(1, "Bob", 60), (2, "Ada", 50)]


class Inner:
    """A unit of work inside another one: what it commits is undone with the outer one."""

    def __init__(self, outer: object) -> None:
        self.outer = outer

    def __enter__(self) -> object:
        self.outer.commit = lambda: None  # type: ignore[attr-defined]
        return self.outer

    def __exit__(self, *_: object) -> None:
        pass
