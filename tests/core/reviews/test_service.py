"""/review on real databases: what is due, how much is left, and what is ahead of schedule."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.accounts.model import LearnerSettings
from bot.core.calendar.days import local_day, start_of
from bot.core.coach.service import Coach
from bot.core.communities.model import Place
from bot.core.errors import GradingBusy, UsageError
from bot.core.practice.answering import Answering
from bot.core.practice.consequences import update_ratings
from bot.core.practice.model import AskState
from bot.core.reply import Reply
from bot.core.reviews.consequences import update_card
from bot.core.reviews.model import Card, interval
from bot.core.reviews.service import Reviews
from bot.core.words.errors import sentence_of
from grading.errors import GraderBusy
from grading.grade import Band
from knowledge.bank import QuestionBank
from tests.builders import a_grade, a_user
from tests.core.reviews.test_agenda import TWO_YEARS, ZONES
from tests.core.samples import ANSWER, DRIFT, coach_of, text_of, typed
from tests.databases import MakeUnitOfWork
from tests.fakes import FakeGrader, FixedClock

ADA = a_user()
LIME, SKEW = "interpretability/lime", "monitoring/training-serving-skew"
GOOD, WEAK = a_grade(DRIFT), a_grade(DRIFT, score=0.1, band=Band.WEAK)


class Desk:
    """Reviews and a coach over one database, and somebody who sits down with them."""

    def __init__(self, bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> None:
        self.bank = bank
        self.unit_of_work = unit_of_work
        self.clock = FixedClock()
        self.outcome: object = GOOD

    @property
    def coach(self) -> Coach:
        consequences = (update_card, update_ratings)
        grader = FakeGrader(self.outcome)
        answering = Answering(self.bank, grader, self.unit_of_work, self.clock, consequences)
        return coach_of(self.bank, answering, self.unit_of_work, self.clock)

    @property
    def reviews(self) -> Reviews:
        return Reviews(self.bank, self.unit_of_work, self.clock)

    def learn(self, *questions: str, outcome: object = GOOD) -> None:
        for question in questions:
            self.coach.ask(ADA, question)
            self.answer(outcome)

    def answer(self, outcome: object = GOOD) -> None:
        self.outcome = outcome
        self.coach.submit_answer(ADA, ANSWER)

    def review(self, words: str = "") -> Reply:
        return typed(self.reviews.commands(), f"review {words}", ADA)

    def choose(self, chosen: LearnerSettings) -> None:
        with self.unit_of_work() as uow:
            uow.learners.set_settings(uow.learners.register(ADA, self.clock.at).id, chosen)
            uow.commit()

    @property
    def cards(self) -> tuple[Card, ...]:
        with self.unit_of_work() as uow:
            return uow.cards.of_learner(1)

    @property
    def asked(self) -> list[tuple[str, str]]:
        with self.unit_of_work() as uow:
            asks = (uow.asks.get(number) for number in range(1, len(uow.asks.asked(1)) + 1))
            return [(ask.question_id, ask.purpose.value) for ask in asks if ask]

    def days_pass(self, days: float) -> None:
        self.clock.pass_by(timedelta(days=days))


@pytest.fixture
def desk(bank: QuestionBank, every_unit_of_work: MakeUnitOfWork) -> Desk:
    return Desk(bank, every_unit_of_work)


def test_somebody_new_is_told_what_reviews_are(desk: Desk):
    for words in ("", "ahead"):
        reply = desk.review(words)
        assert "nothing to review yet" in text_of(reply)
        assert "/ask" in text_of(reply)
        assert reply.question_id is None


def test_nothing_is_due_yet_and_it_is_said_when(desk: Desk):
    desk.learn(DRIFT)

    told = text_of(desk.review())

    assert "Nothing is due today" in told
    assert "on 25 Nov 2026, in 2 days" in told
    assert "/review ahead" in told


def test_what_is_due_is_asked_with_how_many_are_left(desk: Desk):
    desk.learn(DRIFT, LIME, SKEW, outcome=WEAK)
    desk.days_pass(1)

    told, questions = [], []
    for _ in range(3):
        reply = desk.review()
        told.append(text_of(reply))
        questions.append(reply.question_id)
        desk.answer()

    assert sorted(questions) == sorted((DRIFT, LIME, SKEW))
    assert all("Due for review." in text for text in told)
    assert "2 more reviews left today." in told[0]
    assert "1 more review left today." in told[1]
    assert "The last one for today." in told[2]
    assert "That was the last one for today: you are up to date." in text_of(desk.review())
    assert [purpose for _, purpose in desk.asked] == ["practice"] * 3 + ["review"] * 3


def test_the_daily_limit_ends_the_day_and_the_rest_waits_until_tomorrow(desk: Desk):
    desk.learn(DRIFT, LIME, SKEW, outcome=WEAK)
    desk.choose(LearnerSettings(reviews_a_day=2))
    desk.days_pass(1)
    for _ in range(2):
        assert desk.review().question_id is not None
        desk.answer()

    told = text_of(desk.review())

    assert "2 reviews today" in told
    assert "1 more is due and waits until tomorrow" in told
    desk.days_pass(1)
    assert desk.review().question_id is not None


def test_a_review_that_was_put_aside_comes_after_the_others(desk: Desk):
    desk.learn(DRIFT, LIME, outcome=WEAK)
    desk.days_pass(1)
    first = desk.review().question_id
    desk.coach.skip(ADA)

    second = desk.review().question_id
    desk.answer()

    assert {first, second} == {DRIFT, LIME}
    assert desk.review().question_id == first


def test_the_only_review_is_shown_again_and_asked_once(desk: Desk):
    desk.learn(DRIFT, outcome=WEAK)
    desk.days_pass(1)

    for _ in range(3):
        assert desk.review().question_id == DRIFT

    assert desk.asked == [(DRIFT, "practice"), (DRIFT, "review")]


def test_an_answer_whose_grade_is_owing_is_not_asked_for_again(desk: Desk):
    desk.learn(DRIFT, outcome=WEAK)
    desk.days_pass(1)
    desk.review()
    with pytest.raises(GradingBusy):
        desk.answer(GraderBusy(128))

    assert "up to date" in text_of(desk.review())


def test_ahead_of_schedule_the_soonest_is_asked_and_nothing_moves(desk: Desk):
    desk.learn(LIME, outcome=a_grade(LIME, score=0.95, band=Band.STRONG))
    desk.learn(DRIFT)
    desk.days_pass(1)
    before = desk.cards

    reply = desk.review("ahead")
    desk.answer(WEAK)

    assert reply.question_id == DRIFT
    assert "it stays due tomorrow" in text_of(reply)
    assert desk.cards == before
    assert desk.asked[-1] == (DRIFT, "practice")
    assert desk.review(" AHEAD ").question_id == LIME


def test_ahead_of_schedule_nothing_may_be_left(desk: Desk):
    desk.learn(DRIFT, outcome=WEAK)
    desk.days_pass(1)

    assert "/review brings what is due" in text_of(desk.review("ahead"))


def test_a_question_that_has_gone_is_passed_over_and_its_card_stays(desk: Desk):
    desk.learn(DRIFT, LIME, outcome=WEAK)
    desk.days_pass(1)
    whole = desk.bank
    desk.bank = QuestionBank(whole.topics, [each for each in whole if each.id != DRIFT])

    assert desk.review().question_id == LIME
    desk.answer()
    assert "up to date" in text_of(desk.review())
    assert DRIFT in {card.question_id for card in desk.cards}

    desk.bank = whole
    assert desk.review().question_id == DRIFT


@pytest.mark.parametrize("words", ["drift", "ahead please", "5", "\u202e"])
def test_other_words_are_answered_with_what_there_is(desk: Desk, words: str):
    with pytest.raises(UsageError) as refused:
        desk.review(words)

    assert "Type /review [ahead]." in sentence_of(refused.value)
    assert desk.asked == []


def test_a_review_counts_where_it_was_asked(desk: Desk):
    desk.learn(DRIFT, outcome=WEAK)
    desk.days_pass(1)

    desk.reviews.next(ADA, Place("guild", "channel", "Guild", "general"))

    with desk.unit_of_work() as uow:
        ask = uow.asks.latest(1)
        assert ask is not None
        assert (ask.community_id, ask.channel_id, ask.state) == (1, 1, AskState.OPEN)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    zone=st.sampled_from(ZONES),
    day_starts=st.integers(0, 12),
    at=TWO_YEARS,
    outcome=st.sampled_from([GOOD, WEAK]),
    number=st.integers(0, 10**9),
)
def test_a_review_is_asked_from_the_first_moment_of_its_local_day(
    bank: QuestionBank,
    unit_of_work: MakeUnitOfWork,
    zone: str,
    day_starts: int,
    at: datetime,
    outcome: object,
    number: int,
):
    user = a_user(f"{number} {zone} {at} {day_starts}")
    desk = Desk(bank, unit_of_work)
    desk.clock.at, desk.outcome = at, outcome
    desk.coach.ask(user, DRIFT)
    with unit_of_work() as uow:
        learner = uow.learners.register(user, at)
        uow.learners.set_settings(learner.id, LearnerSettings(zone, day_starts))
        uow.commit()
    desk.coach.submit_answer(user, ANSWER)
    with unit_of_work() as uow:
        card = uow.cards.get(learner.id, DRIFT)
    assert card is not None

    # The local day of the answer and the interval say it all, whatever the clocks do between.
    day = local_day(at, ZoneInfo(zone), day_starts) + timedelta(days=interval(card))
    begins = start_of(day, ZoneInfo(zone), day_starts)
    desk.clock.at = begins - timedelta(seconds=1)
    assert desk.reviews.next(user).question_id is None
    desk.clock.at = begins.astimezone(UTC)
    assert desk.reviews.next(user).question_id == DRIFT


def test_the_date_that_samoa_skipped_is_made_up_for_on_the_next(
    bank: QuestionBank, unit_of_work: MakeUnitOfWork
):
    desk = Desk(bank, unit_of_work)
    desk.clock.at = datetime(2011, 12, 29, 9, tzinfo=ZoneInfo("Pacific/Apia")).astimezone(UTC)
    desk.choose(LearnerSettings("Pacific/Apia"))
    desk.learn(DRIFT, outcome=WEAK)

    desk.clock.at = datetime(2011, 12, 31, 4, tzinfo=ZoneInfo("Pacific/Apia")).astimezone(UTC)

    assert desk.review().question_id == DRIFT


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Shanghai", "Australia/Sydney"])
def test_what_comes_back_today_is_there_in_the_morning_and_nothing_more_at_noon(
    desk: Desk, zone: str
):
    where = ZoneInfo(zone)
    desk.clock.at = datetime(2026, 3, 2, 18, tzinfo=where).astimezone(UTC)
    desk.choose(LearnerSettings(zone))
    desk.learn(DRIFT, LIME)
    due = min(local_day(card.due, where, 4) for card in desk.cards)

    def told_at(day: date, hour: int) -> str:
        wall = datetime(day.year, day.month, day.day, hour, tzinfo=where)
        desk.clock.at = wall.astimezone(UTC)
        return text_of(desk.review())

    assert "Nothing is due today" in told_at(due - timedelta(days=1), 23)
    for hour in (5, 12, 16, 23):
        assert "1 more review left today." in told_at(due, hour)
