"""The use cases of all features, each given what it needs."""

import atexit
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.bootstrap.cluster import at_once
from bot.bootstrap.grading import Grading, bank_of, outside_of
from bot.bootstrap.once import once
from bot.bootstrap.rate_limits import rate_limits_of
from bot.bootstrap.storage import Storage, housekeeping_of
from bot.clock import SystemClock
from bot.core.accounts.commands import account_commands
from bot.core.accounts.service import Accounts
from bot.core.appeals.commands import appeal_commands
from bot.core.appeals.decisions import AppealDecisions
from bot.core.appeals.regrading import Regrading, order_if_missed
from bot.core.appeals.service import Appeals
from bot.core.coach.commands import practice_commands
from bot.core.coach.late_grades import LateGrades
from bot.core.coach.own_view import OwnViews
from bot.core.coach.service import Coach
from bot.core.communities.attendance import Attendance
from bot.core.communities.presence import Departures
from bot.core.communities.rules import rule_commands
from bot.core.daily.answering import DailyPractice
from bot.core.daily.commands import daily_commands
from bot.core.daily.discussions import remark_on_discussion
from bot.core.daily.setup import DailyPlans
from bot.core.drift.service import DriftReports
from bot.core.flags.service import Flags
from bot.core.grader_card import grader_commands
from bot.core.insights.service import Insights
from bot.core.interviews.answers import InterviewAnswers
from bot.core.interviews.report import InterviewReports
from bot.core.interviews.screen import InterviewScreen
from bot.core.interviews.service import Interviews
from bot.core.leaderboard.consequences import award_points, recompute_points, remark_on_points
from bot.core.leaderboard.exclusions import Exclusions
from bot.core.leaderboard.service import Boards
from bot.core.leaderboard.visibility import VisibilitySettings
from bot.core.measuring import Meter, Unmeasured
from bot.core.notifications.service import Notices
from bot.core.overview.service import Overviews
from bot.core.own_questions.commands import own_question_commands
from bot.core.own_questions.service import OwnQuestions
from bot.core.own_questions.suggestions import SuggestedQuestions
from bot.core.plans.commands import plan_commands
from bot.core.plans.service import StudyPlanning
from bot.core.platform_times import PlatformTimes
from bot.core.ports import Clock, Paints
from bot.core.practice.answering import Answering
from bot.core.practice.consequences import counted_by, update_ratings
from bot.core.privacy.cleanup import Housekeeping
from bot.core.privacy.commands import privacy_commands
from bot.core.privacy.model import Terms
from bot.core.privacy.service import Privacy
from bot.core.progress.service import ProgressReports
from bot.core.progress.sources import Sources
from bot.core.progress.standing import Standing
from bot.core.questions.banks import BanksByPlace
from bot.core.questions.variants import Variants
from bot.core.reviews.consequences import update_card
from bot.core.reviews.service import Reviews
from bot.core.streaks.consequences import record_active_day
from bot.core.streaks.heartbeat import Heartbeat
from bot.core.streaks.quiet_days import quiet_days
from bot.core.streaks.service import Streaks
from bot.core.unit_of_work import UnitOfWork
from bot.platforms.front_desk import Services
from bot.platforms.registration import Registration
from bot.settings import Settings
from grading.resemblance import resembled_wrong


@dataclass(frozen=True)
class Features(Services):
    """What platforms offer, and what the command line and the jobs need beside it."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    boards: Boards
    flags: Flags
    attendance: Attendance
    heartbeat: Heartbeat
    housekeeping: Housekeeping
    insights: Insights
    progress_reports: ProgressReports
    regrading: Regrading
    decisions: AppealDecisions
    own_views: OwnViews
    drift: DriftReports


def make_painter() -> Paints:
    """Return what draws; its process starts with the first picture and ends with this one."""
    from bot.pictures.painter import Painter
    from bot.pictures.worker import RenderProcess

    painter = Painter(RenderProcess())
    atexit.register(painter.close)
    return painter


def features_of(
    settings: Settings,
    storage: Storage,
    grading: Grading,
    clock: Clock,
    platforms: Sequence[Registration] = (),
    painter: Callable[[], Paints] = make_painter,
    meter: Meter | None = None,
) -> Features:
    """Return all use cases; `painter` is called for the first picture."""
    meter = meter or Unmeasured()
    work, painter = storage.unit_of_work, once(painter)
    bank = bank_of(grading.shipped, storage)
    discreet = {each.name for each in platforms if each.private_discussions}
    local = {each.name for each in platforms if each.local}
    limits = rate_limits_of(settings, clock, local)
    banks = BanksByPlace(bank, grading.search, grading.finder_among, limits)
    terms, variants = Terms(settings.retention_days), Variants(work)

    follows = (update_card, update_ratings, record_active_day, award_points, order_if_missed)
    from_a_grade = (*follows, counted_by(meter))
    answering = Answering(
        bank, grading.of_answers, storage.grading, clock, from_a_grade, variants.of, storage.storing
    )
    streaks = Streaks(work, clock, quiet_days(clock, local))
    reports = InterviewReports(bank, answering, work, clock, painter)
    screen = InterviewScreen(bank, clock, reports)
    interviews = InterviewAnswers(bank, answering, work, clock, screen)
    remarks = (remark_on_points, streaks.remark, remark_on_discussion)
    coach = Coach(bank, answering, banks, work, clock, interviews, remarks)
    late_grades = LateGrades(bank, answering, coach, work, clock)
    sources = Sources(bank)
    standing = Standing(sources.forecast, streaks.figures)
    progress_reports = ProgressReports(bank, work, clock, painter, standing)

    attendance = Attendance(work, clock, {})
    daily, plans = DailyPractice(bank, work, clock), DailyPlans(bank, work, clock, discreet)
    boards, flags = Boards(work, clock, painter, attendance), Flags(bank, work, clock)
    regrading = Regrading(bank, grading.of_answers, work, clock, variants.of, (recompute_points,))
    resembled = partial(resembled_wrong, grading.corpus)
    decisions = AppealDecisions(bank, work, clock, resembled, regrading.run_pending)
    own_questions = OwnQuestions(grading.shipped, grading.finder_among, work, clock)
    suggested = SuggestedQuestions(grading.shipped, grading.finder_among, work, clock)
    insights = Insights(bank, banks, work, storage.cohorts)
    drift = DriftReports(bank, work, clock, storage.answers_in_time, grading.compare)
    accounts, visibility = Accounts(work, clock), VisibilitySettings(work, clock)
    commands = (
        *practice_commands(coach),
        *account_commands(accounts),
        *Reviews(bank, work, clock).commands(),
        *plan_commands(StudyPlanning(bank, work, clock), bank),
        *Interviews(bank, work, clock, screen, reports, banks).commands(),
        *progress_reports.commands(),
        *flags.commands(),
        *appeal_commands(Appeals(bank, work, clock), decisions, bank),
        *own_question_commands(own_questions, suggested, insights),
        *insights.commands(),
        *drift.commands(),
        *streaks.commands(),
        *late_grades.commands(),
        *daily_commands(bank, daily, plans),
        *boards.commands(),
        *visibility.commands(),
        *Exclusions(work, clock).commands(),
        *rule_commands(work, clock),
        *grader_commands(),
        *privacy_commands(Privacy(work, clock, terms, storage.local_files(), outside_of(settings))),
    )
    return Features(
        coach=coach,
        bank=bank,
        commands=commands,
        accounts=accounts,
        daily=daily,
        plans=plans,
        departures=Departures(work, clock),
        late_grades=late_grades,
        notices=Notices(work, clock),
        overviews=Overviews(bank, work, clock),
        visibility=visibility,
        meter=meter,
        times=PlatformTimes(SystemClock()),
        rate_limits=limits,
        grades_at_once=at_once(settings),
        unit_of_work=work,
        clock=clock,
        boards=boards,
        flags=flags,
        attendance=attendance,
        heartbeat=Heartbeat(work, clock),
        housekeeping=housekeeping_of(settings, storage),
        insights=insights,
        progress_reports=progress_reports,
        regrading=regrading,
        decisions=decisions,
        own_views=OwnViews(bank, work, clock),
        drift=drift,
    )
