"""Tell the host of a channel what they did not ask for."""

from datetime import datetime

from bot.core.daily.plan import Plan
from bot.core.notifications.model import News
from bot.core.notifications.service import tell_host
from bot.core.unit_of_work import UnitOfWork


def tell_host_of(uow: UnitOfWork, plan: Plan, news: News, at: datetime) -> None:
    """Keep news for whoever set the plan up or, when they have gone, for another host."""
    channel = uow.channels.get(plan.channel_id)
    if channel is not None:
        tell_host(uow, plan.host_learner_id, news, at, channel.community_id)


def name_of(uow: UnitOfWork, plan: Plan) -> str:
    """Return the channel's name as hosts know it, or the platform's id of it."""
    channel = uow.channels.get(plan.channel_id)
    return (channel.name or channel.external_id) if channel else ""
