"""Plans on a real database: made, shown, followed, changed, ended."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.communities.model import Place
from bot.core.plans.commands import plan_commands
from bot.core.plans.errors import NoQuestionsFit, UnclearDate
from bot.core.plans.model import MOST_NEW_A_DAY, day_of_plan
from bot.core.plans.service import StudyPlanning
from bot.core.plans.today import planned_now, today_of, weights_of
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_user
from tests.core.samples import DRIFT, text_of, typed
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

ADA = a_user("ada")
TODAY = NOON.date()


class Desk:
    """Plans over a database, with a clock to turn."""

    def __init__(self, bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> None:
        self.bank = bank
        self.unit_of_work = unit_of_work
        self.clock = FixedClock()
        planning = StudyPlanning(bank, unit_of_work, self.clock)
        self.commands = plan_commands(planning, bank)

    def say(self, words: str = "", place: Place | None = None) -> str:
        return text_of(typed(self.commands, f"plan {words}".strip(), ADA, place))

    def plan(self):
        with self.unit_of_work() as uow:
            learner = uow.learners.find(ADA)
            return uow.study_plans.get(learner.id) if learner else None

    def answer(self, question_id: str) -> None:
        with self.unit_of_work() as uow:
            learner = uow.learners.register(ADA, NOON)
            ask = uow.asks.add(learner.id, question_id, self.clock.now())
            uow.attempts.add(ask, "An answer.", self.clock.now())
            uow.commit()

    def areas_in(self, days: int) -> tuple[str, ...]:
        plan, day = self.plan(), self.clock.now().date() + timedelta(days=days)
        return day_of_plan(plan, weights_of(plan, self.bank), day).areas

    def today(self):
        with self.unit_of_work() as uow:
            return today_of(
                uow, self.plan(), self.bank, self.clock.now().date(), lambda at: at.date()
            )


@pytest.fixture
def desk(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> Desk:
    return Desk(bank, unit_of_work)


def test_somebody_without_a_plan_hears_which_roles_there_are(desk: Desk):
    said = desk.say()

    assert "You have no plan yet" in said
    assert all(track.title in said for track in desk.bank.tracks)


def test_a_plan_says_what_is_on_today_and_what_comes(desk: Desk):
    said = desk.say("ml engineer in 3 weeks")

    plan = desk.plan()
    track = desk.bank.track_named("ml-engineer")
    assert (plan.track, plan.easiest, plan.hardest) == (track.id, track.easiest, track.hardest)
    assert plan.interview_on == TODAY + timedelta(days=21)
    assert "Your interview is in 21 days, on 14 Dec 2026." in said
    assert "Today: " in said
    assert said.count("Nov:") == 6
    assert desk.say().startswith("ML engineer, difficulty 2 to 4")


def test_what_is_not_named_stays_and_a_role_brings_its_level(desk: Desk):
    desk.say("mlops senior 20 December")
    desk.say("new grad")

    plan = desk.plan()
    assert (plan.track, plan.easiest, plan.hardest) == ("new-graduate", 1, 3)
    assert plan.interview_on is not None
    desk.say("none")
    assert replace(plan, interview_on=None) == desk.plan()


def test_what_is_said_comes_in_any_order(desk: Desk):
    said = desk.say("20 December for a junior data scientist")

    plan = desk.plan()
    assert (plan.track, plan.easiest, plan.hardest) == ("data-scientist", 1, 3)
    assert "on 20 Dec 2026" in said


def test_another_role_in_the_middle_begins_anew_and_keeps_the_date(desk: Desk):
    first = desk.say("ml engineer in 4 weeks")
    desk.answer(desk.today().unseen[0].id)
    desk.clock.pass_by(timedelta(days=10))
    second = desk.say("data scientist")

    assert "in 28 days, on 21 Dec 2026" in first
    assert "in 18 days, on 21 Dec 2026" in second
    assert desk.plan().began_on == TODAY + timedelta(days=10)
    days = {area for at in range(18) for area in desk.areas_in(at)}
    assert days == set(weights_of(desk.plan(), desk.bank))


def test_the_date_of_an_interview_that_is_over_goes_with_the_next_change(desk: Desk):
    desk.say("ml engineer tomorrow")
    desk.clock.pass_by(timedelta(days=5))

    said = desk.say("data scientist")

    assert "Your interview was" not in said
    assert "No date yet" in said
    assert "Today: " in said
    assert desk.plan().interview_on is None


def test_a_plan_whose_questions_are_gone_says_so_before_the_interview(
    desk: Desk, bank: QuestionBank
):
    desk.say("senior in 3 weeks")
    easy = [question for question in bank if question.difficulty <= 2]
    later = Desk(QuestionBank(bank.topics, easy, bank.tracks), desk.unit_of_work)

    said = later.say()

    assert "I no longer have questions for it." in said
    assert "was on" not in said


def test_counts_are_said_as_people_say_them(desk: Desk):
    desk.say("in 3 days")
    before = desk.today()

    desk.answer(before.unseen[0].id)

    assert f"{before.new - 1} more new questions" in desk.say()


def test_a_plan_can_do_without_a_role(desk: Desk):
    said = desk.say("in 2 weeks")

    assert said.startswith("Your plan is set.\nEvery topic, difficulty 1 to 5")
    assert set(weights_of(desk.plan(), desk.bank)) == {topic.id for topic in desk.bank.topics}


def test_a_date_that_is_none_changes_nothing(desk: Desk):
    desk.say("ml engineer in 3 weeks")
    before = desk.plan()

    with pytest.raises(UnclearDate):
        desk.say("senior someday")
    assert desk.plan() == before


def test_a_level_without_questions_is_refused(unit_of_work: MakeUnitOfWork, bank: QuestionBank):
    easy = [question for question in bank if question.difficulty <= 2]
    desk = Desk(QuestionBank(bank.topics, easy, bank.tracks), unit_of_work)

    with pytest.raises(NoQuestionsFit):
        desk.say("senior in 2 weeks")
    assert desk.plan() is None


def test_what_was_answered_today_is_done(desk: Desk):
    desk.say("ml engineer in 3 weeks")
    before = desk.today()
    assert before.new >= 1

    for question in before.unseen[: before.new]:
        desk.answer(question.id)
    after = desk.today()
    assert (after.new, after.done) == (0, before.new)
    assert after.answered == before.new
    assert "You have done what was on" in desk.say()


def test_little_time_does_not_make_a_day_endless(desk: Desk):
    said = desk.say("tomorrow")

    assert desk.today().new == MOST_NEW_A_DAY
    shown = said.partition("Today: ")[2].split(" · ")
    left = len(desk.today().day.areas) - len(shown) + 1
    assert shown[-1].startswith(f"{left} more. {MOST_NEW_A_DAY} new questions.")


def test_the_day_itself_and_the_days_after(desk: Desk):
    desk.say("ml engineer tomorrow")

    desk.clock.pass_by(timedelta(days=1))
    assert "Today is the day." in desk.say()
    desk.clock.pass_by(timedelta(days=1))
    assert "Your interview was on 24 Nov 2026" in desk.say()


def test_a_plan_can_be_ended(desk: Desk):
    desk.say("ml engineer in 3 weeks")

    assert "Your plan has ended." in desk.say("off")
    assert desk.plan() is None
    assert "There is no plan." in desk.say("off")


def test_new_questions_come_from_the_areas_of_the_day(desk: Desk):
    desk.say("ml engineer in 3 weeks")
    areas = desk.today().day.areas

    with desk.unit_of_work() as uow:
        learner = uow.learners.find(ADA)
        found = planned_now(uow, learner, desk.bank, NOON)
        assert planned_now(uow, None, desk.bank, NOON) == ()
    assert {question.topic for question in found} == set(areas)
    assert all(2 <= question.difficulty <= 4 for question in found)
    desk.answer(found[0].id)
    with desk.unit_of_work() as uow:
        assert found[0] not in planned_now(uow, learner, desk.bank, NOON)


def test_a_bank_without_tracks_has_plans_without_roles(
    unit_of_work: MakeUnitOfWork, bank: QuestionBank
):
    desk = Desk(QuestionBank(bank.topics, bank), unit_of_work)

    assert "Roles" not in desk.say()
    assert "Every topic" in desk.say("in 3 weeks")
    assert DRIFT in desk.bank
