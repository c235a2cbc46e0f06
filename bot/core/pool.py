"""What a channel's daily question is taken from: the shipped questions and its community's own."""

from bot.core.daily import Plan
from bot.core.picking import candidates_of, fitting_of
from bot.core.ports.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank
from knowledge.question import Question


def pool_of(uow: UnitOfWork, plan: Plan, bank: QuestionBank) -> tuple[Question, ...]:
    """Return the questions of the channel's community that its hosts want; all if none fits."""
    return candidates_of(_asked(uow, plan, bank), plan)


def anything_fits(uow: UnitOfWork, plan: Plan, bank: QuestionBank) -> bool:
    """Tell whether any question is as the channel's hosts want it."""
    return bool(fitting_of(_asked(uow, plan, bank), plan))


def _asked(uow: UnitOfWork, plan: Plan, bank: QuestionBank) -> tuple[Question, ...]:
    channel = uow.channels.get(plan.channel_id)
    return tuple(bank) if channel is None else bank.asked_in(channel.community_id)
