"""Commands that may not be run any number of times: what each costs is taken before it runs."""

from dataclasses import replace

from bot.core.commands import Command, Costs, Request
from bot.core.forms import Entered
from bot.core.rate_limits.model import Cost
from bot.core.rate_limits.service import RateLimits
from bot.core.reply import Reply


def limited(command: Command, limits: RateLimits) -> Command:
    """Return a command that runs within the limits, and whose form is taken within them."""
    costs = command.costs
    if costs is None:
        return command

    def run(request: Request) -> Reply:
        _spend(limits, costs, request)
        return command.run(request)

    form = command.form
    if form is None:
        return replace(command, run=run)
    take_freely = form.take

    def take(request: Request, entered: Entered) -> Reply:
        _spend(limits, costs, request)
        return take_freely(request, entered)

    return replace(command, run=run, form=replace(form, take=take))


def _spend(limits: RateLimits, costs: Costs, request: Request) -> None:
    cost = costs(request)
    if cost is Cost.ANSWER and request.values.get("text"):
        limits.answer(request.user, request.place, request.text("text"))
    elif cost is not None:
        limits.spend(cost, request.user, request.place)
