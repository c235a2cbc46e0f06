"""A front desk over a coach with fakes, for the tests of platforms."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.clock import SystemClock
from bot.core.accounts.service import Accounts
from bot.core.coach.commands import practice_commands
from bot.core.coach.late_grades import LateGrades
from bot.core.coach.service import Coach
from bot.core.commands import Command
from bot.core.communities.presence import Departures
from bot.core.daily.answering import DailyPractice
from bot.core.daily.setup import DailyPlans
from bot.core.leaderboard.visibility import VisibilitySettings
from bot.core.measuring import Meter, Unmeasured
from bot.core.notifications.service import Notices
from bot.core.overview.service import Overviews
from bot.core.platform_times import PlatformTimes
from bot.core.ports import Clock
from bot.core.practice.answering import Answering
from bot.core.rate_limits.service import RateLimits
from bot.platforms.front_desk import FrontDesk, Services
from knowledge.bank import QuestionBank
from tests.core.samples import Table


def services_of(
    coach: Coach,
    bank: QuestionBank,
    answering: Answering,
    unit_of_work: Callable[[], Any],
    clock: Clock,
    commands: Sequence[Command] = (),
    meter: Meter | None = None,
) -> Services:
    """The use cases over these parts; the commands of practice are among them."""
    return Services(
        coach=coach,
        bank=bank,
        commands=(*practice_commands(coach), *commands),
        accounts=Accounts(unit_of_work, clock),
        daily=DailyPractice(bank, unit_of_work, clock),
        plans=DailyPlans(bank, unit_of_work, clock),
        departures=Departures(unit_of_work, clock),
        late_grades=LateGrades(bank, answering, coach, unit_of_work, clock),
        notices=Notices(unit_of_work, clock),
        overviews=Overviews(bank, unit_of_work, clock),
        visibility=VisibilitySettings(unit_of_work, clock),
        meter=meter or Unmeasured(),
        times=PlatformTimes(SystemClock()),
        rate_limits=RateLimits(clock, {}),
        grades_at_once=0,
    )


def desk_of(table: Table, *commands: Command) -> FrontDesk:
    """The front desk over the table's coach, with more commands than those of practice."""
    unit_of_work = table.database.unit_of_work
    parts = (table.coach, table.bank, table.answering, unit_of_work, table.clock)
    return FrontDesk(services_of(*parts, commands))
