"""What /streak tells and lists, what a picture shows, what feedback says in a line."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core import figures
from bot.core.accounts.model import LearnerSettings
from bot.core.accounts.service import Accounts
from bot.core.errors import UsageError
from bot.core.practice.answering import Answering
from bot.core.reply import Action
from bot.core.streaks.consequences import record_active_day
from bot.core.streaks.outages import Outage
from bot.core.streaks.service import Streaks
from grading.grade import Band, Flag, Grade
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_grade, a_user
from tests.core.samples import ANSWER, DRIFT, coach_of, text_of, typed
from tests.databases import MakeUnitOfWork
from tests.fakes import FakeGrader, FixedClock

ADA, GRACE = a_user(), a_user("grace")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Desk:
    """A learner who answers day by day, with everything behind a streak wired."""

    def __init__(self, bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> None:
        self.bank = bank
        self.unit_of_work = unit_of_work
        self.clock = FixedClock()
        self.empty: list[date] = []
        self.streaks = Streaks(unit_of_work, self.clock, lambda _uow, _learner: self.empty)
        self.accounts = Accounts(unit_of_work, self.clock)

    def answer(self, grade: Grade | None = None) -> str:
        grader = FakeGrader(*([grade] if grade else []))
        answering = Answering(
            self.bank, grader, self.unit_of_work, self.clock, (record_active_day,)
        )
        coach = coach_of(
            self.bank, answering, self.unit_of_work, self.clock, remarks=(self.streaks.remark,)
        )
        coach.ask(ADA, "drift")
        return text_of(coach.submit_answer(ADA, ANSWER))

    def days(self, count: int) -> None:
        for _ in range(count):
            self.answer()
            self.clock.pass_by(DAY)

    def type_in(self, words: str = "") -> str:
        return text_of(typed(self.streaks.commands(), f"streak {words}", ADA))

    def outage(self, start: datetime, hours: float) -> None:
        with self.unit_of_work() as uow:
            uow.outages.add(Outage(start, start + hours * HOUR))
            uow.commit()


@pytest.fixture
def desk(bank: QuestionBank, every_unit_of_work: MakeUnitOfWork) -> Desk:
    return Desk(bank, every_unit_of_work)


@pytest.mark.parametrize("words", ["", "why", "why all"])
def test_who_never_answered_is_told_how_it_starts(desk: Desk, words: str):
    assert "no streak yet" in desk.type_in(words)


def test_the_first_answer_of_each_day_says_which_it_is(desk: Desk):
    assert "Day 1 of a new streak." in desk.answer()
    assert "in a row" not in desk.answer()

    desk.clock.pass_by(DAY)
    assert "Day 2 in a row." in desk.answer()


def test_the_seventh_day_earns_a_freeze_and_says_so_once(desk: Desk):
    desk.days(6)
    seventh = desk.answer()
    desk.clock.pass_by(DAY)

    assert "Day 7 in a row. You earned a freeze" in seventh
    assert "freeze" not in desk.answer()
    assert "You have 1 freeze." in desk.type_in()


def test_what_was_no_try_says_that_the_streak_waits(desk: Desk):
    flagged = a_grade(DRIFT, score=0, band=Band.NONE).model_copy(update={"flags": (Flag.ECHO,)})
    assert "streak" not in desk.answer(flagged)
    desk.days(2)

    assert "Your streak of 2 days still needs an answer in your own words today." in desk.answer(
        flagged
    )
    assert "Day 3 in a row." in desk.answer()
    assert "streak" not in desk.answer(flagged)


def test_what_today_needs_is_told(desk: Desk):
    desk.days(1)
    assert "Without an answer today it ends." in desk.type_in()

    desk.days(6)
    assert "Without an answer today a freeze keeps it." in desk.type_in()

    desk.empty = [desk.clock.at.date()]
    assert "Today is excused" in desk.type_in()

    desk.answer()
    assert "Today is done." in desk.type_in()


def test_somebody_without_a_zone_is_told_whose_days_count(desk: Desk):
    desk.answer()
    assert "/settings zone" in desk.type_in()

    desk.accounts.change_settings(ADA, zone="Berlin")
    assert "/settings zone" not in desk.type_in()


def test_why_lists_each_day_with_its_reason(desk: Desk):
    desk.days(7)
    desk.clock.pass_by(DAY)  # 30 November: nothing, and a freeze covers it
    desk.outage(desk.clock.at - 4 * HOUR, 10)  # 1 December
    desk.clock.pass_by(DAY)
    desk.empty = [desk.clock.at.date()]
    desk.clock.pass_by(2 * DAY)
    told = desk.type_in("why")

    assert "Sun 2026-11-29: answered" in told
    assert "Mon 2026-11-30: missed, and covered by a freeze" in told
    assert "Tue 2026-12-01: excused" in told
    assert "Wed 2026-12-02: no question was asked" in told
    assert "Thu 2026-12-03: no answer" in told
    assert "Fri 2026-12-04: still open" in told
    assert told.index("2026-12-04") < told.index("2026-11-23")


def test_why_takes_a_month_or_all(desk: Desk):
    desk.days(40)

    november = desk.type_in("why November")
    assert "Mon 2026-11-30: answered" in november
    assert "2026-12" not in november
    assert "11 earlier days not listed." in desk.type_in("why")
    assert "2026-11-23 to 2027-01-01, 40 days: answered" in desk.type_in("why all")
    assert "I have nothing on those days." in desk.type_in("why 2026-10")


@pytest.mark.parametrize("words", ["me", "why not", "why 2026-13"])
def test_other_words_are_unclear(desk: Desk, words: str):
    with pytest.raises(UsageError):
        desk.type_in(words)


def test_figures_show_the_streak_and_its_days(desk: Desk):
    desk.days(7)
    desk.clock.pass_by(2 * DAY)
    with desk.unit_of_work() as uow:
        learner = uow.learners.find(ADA)
        assert learner
        found = desk.streaks.figures(uow, learner, desk.clock.at)
        stranger = uow.learners.register(GRACE, NOON)
        assert desk.streaks.figures(uow, stranger, desk.clock.at).days == 0

    assert found.days == 0
    assert found.kinds[NOON.date()] is figures.DayKind.ANSWERED
    assert found.kinds[NOON.date() + 7 * DAY] is figures.DayKind.FREEZE
    assert NOON.date() + 8 * DAY not in found.kinds


def test_a_clock_moved_back_keeps_what_was_answered(desk: Desk):
    desk.days(3)
    desk.clock.at = NOON

    assert "Your streak is 3 days." in desk.type_in()
    assert "in a row" not in desk.answer()


def test_the_zone_of_a_linked_account_is_a_move_too(desk: Desk):
    with desk.unit_of_work() as uow:
        kept, gone = (uow.learners.register(user, NOON).id for user in (ADA, GRACE))
        uow.learners.set_settings(gone, LearnerSettings("Asia/Kolkata"))
        uow.commit()
    code = text_of(desk.accounts.link_code(ADA)).split("code is ")[1].split(".")[0]
    desk.accounts.link(GRACE, code)

    with desk.unit_of_work() as uow:
        (move,) = uow.zone_moves.of_learner(kept)
    assert (move.at, move.old.zone, move.new.zone) == (NOON, None, "Asia/Kolkata")


def test_a_setting_that_moves_no_day_is_no_move(desk: Desk):
    desk.accounts.change_settings(ADA, reviews_a_day=3)
    desk.accounts.change_settings(ADA, zone="Berlin")
    desk.accounts.change_settings(ADA, zone="Berlin")

    with desk.unit_of_work() as uow:
        assert len(uow.zone_moves.of_learner(1)) == 1


def test_a_day_that_is_answered_needs_no_action(desk: Desk):
    desk.answer()
    assert Action.ASK not in desk.streaks.tell(ADA).actions


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Asia/Tokyo", datetime(2026, 3, 18, 14, 30, tzinfo=UTC)),  # 23:30 there
        ("Australia/Sydney", datetime(2026, 3, 31, 13, 30, tzinfo=UTC)),  # clocks go back 5 April
        ("America/Los_Angeles", datetime(2026, 3, 4, 7, 30, tzinfo=UTC)),  # forward 8 March
        ("Pacific/Kiritimati", datetime(2026, 3, 18, 10, 5, tzinfo=UTC)),  # fourteen hours ahead
    ],
)
def test_a_streak_grows_by_one_a_local_day_whatever_the_clocks_do(
    desk: Desk, zone: str, first: datetime
):
    where = ZoneInfo(zone)
    desk.clock.at = first
    with desk.unit_of_work() as uow:
        learner = uow.learners.register(ADA, first)
        uow.learners.set_settings(learner.id, LearnerSettings(zone, 0))
        uow.commit()
    local = first.astimezone(where)
    for day in range(10):
        wall = (local + timedelta(days=day)).replace(fold=0)
        desk.clock.at = wall.astimezone(UTC)
        desk.answer()
        assert f"{day + 1} day" in desk.type_in()
