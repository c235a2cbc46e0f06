"""What a person can type about the daily question, on every platform."""

from collections.abc import Callable
from typing import Final

from bot.core.accounts.model import PlatformUser
from bot.core.calendar.timezones import offered_zones
from bot.core.commands import Command, Kind, Parameter, Request, Syntax
from bot.core.communities.model import Place
from bot.core.daily.answering import DailyPractice
from bot.core.daily.parsing import PlanChange, plan_change, read_choice, read_setup
from bot.core.daily.setup import DailyPlans
from bot.core.reply import Reply
from knowledge.bank import QuestionBank

RESULTS: Final = Parameter("results", "How the last one that closed went", Kind.FLAG)
CLOCK: Final = (
    Parameter("time", "When the question comes, such as 09:00"),
    Parameter("zone", "The city whose time that is, such as Madrid", complete=offered_zones),
)
CHOICES: Final = (
    *CLOCK,
    Parameter("days", "The weekdays on which it comes, such as mon-fri"),
    Parameter("topics", "Topics to draw from, separated by commas, a role, or all"),
    Parameter("level", "How difficult, such as 3 or 2-4, of 1 to 5"),
    Parameter("open", "The hours until it closes, from 1 to 168"),
    Parameter("ping", "A role to mention with each question, or off"),
    Parameter("thread", "The discussion of each question: on, off or answered"),
)


def daily_commands(
    bank: QuestionBank, practice: DailyPractice, plans: DailyPlans
) -> tuple[Command, ...]:
    """Return the commands of those who answer, and of those who run the channel."""

    def today(request: Request) -> Reply:
        """Ask the question of the day, or tell how the last one went."""
        act = practice.results if request.flag(RESULTS.name) else practice.today
        return act(request.user, request.place)

    def change(request: Request) -> PlanChange:
        return plan_change({each.name: request.text(each.name) for each in CHOICES}, bank)

    return (
        Command("daily", "the question of the day", today, (RESULTS,), asks=True),
        _for_hosts(
            "setup",
            "begin a daily question in this channel",
            lambda request: plans.set_up(request.user, request.place, **change(request)),
            *CLOCK,
            syntax=Syntax("[TIME CITY]", read_setup),
            aliases=("daily start",),
        ),
        _for_hosts(
            "set",
            "change one thing about it",
            lambda request: plans.change(request.user, request.place, **change(request)),
            *CHOICES,
            syntax=Syntax("WHAT VALUE", read_choice),
        ),
        _for_hosts("status", "what is set up in this channel, and how it goes", _on(plans.status)),
        _for_hosts("preview", "the next seven questions of this channel", _on(plans.preview)),
        _for_hosts(
            "pause", "post nothing until it is resumed", _on(plans.pause), aliases=("daily stop",)
        ),
        _for_hosts("resume", "go on with the daily question of this channel", _on(plans.resume)),
    )


def _on(act: Callable[[PlatformUser, Place | None], Reply]) -> Callable[[Request], Reply]:
    return lambda request: act(request.user, request.place)


def _for_hosts(
    act: str,
    summary: str,
    run: Callable[[Request], Reply],
    *parameters: Parameter,
    syntax: Syntax | None = None,
    aliases: tuple[str, ...] = (),
) -> Command:
    name = f"daily {act}"
    return Command(name, summary, run, parameters, hosts=True, syntax=syntax, aliases=aliases)
