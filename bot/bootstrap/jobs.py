"""What has to be done again and again while people are served."""

import secrets
from collections.abc import Mapping

from bot.bootstrap.application import Application
from bot.bootstrap.features import Features
from bot.bootstrap.storage import Upkeep, backups_of
from bot.core.champions.award import ChampionAward
from bot.core.daily.engine import DailyEngine, DailyPlanner
from bot.core.daily.poster import PostRunner
from bot.core.hosts.service import HostsChannels
from bot.core.notifications.service import NoticeSender
from bot.core.ports import Messenger
from bot.core.reviews.reminders import Reminding
from bot.platforms.runner import Job

A_MOMENT, A_WHILE, A_MINUTE, A_DAY = 5.0, 15.0, 60.0, 86_400.0
"""In seconds."""


def daily_engine_of(features: Features, messengers: Mapping[str, Messenger]) -> DailyEngine:
    """Return what keeps the daily questions of all channels going, by the platforms' messengers."""
    bank, work, clock = features.bank, features.unit_of_work, features.clock
    posts = PostRunner(bank, work, clock, messengers, secrets.token_hex(8), features.attendance)
    return DailyEngine(DailyPlanner(bank, work, clock, messengers), posts, features.times)


def jobs_of(application: Application, upkeep: Upkeep) -> tuple[Job, ...]:
    """Return the jobs of a coach that serves people on its platforms."""
    features, served = application.features, application.served()
    bank, work, clock = features.bank, features.unit_of_work, features.clock
    messengers = {each.platform.name: each.messenger for each in served}
    roles = {each.platform.name: each.roles for each in served if each.roles is not None}
    daily = daily_engine_of(features, messengers)
    reminders = Reminding(bank, work, clock, messengers)
    award = ChampionAward(work, clock, roles, features.attendance)
    news = NoticeSender(features.notices, messengers)
    hosts = HostsChannels(bank, features.decisions, work, clock, messengers)
    return (
        Job("sign of life", A_MINUTE, lambda: upkeep.beat(features.heartbeat.beat)),
        Job("warm-up", A_MINUTE, application.grading.warm_up),
        Job("housekeeping", A_DAY, lambda: features.housekeeping.run(clock.now())),
        Job("backup", 10 * A_MINUTE, backups_of(application.settings, clock).run),
        Job("grades owing", A_MOMENT, features.late_grades.complete),
        Job("answers graded again", A_MINUTE, features.regrading.run_pending),
        Job("daily questions", application.settings.poll_seconds, daily.poll),
        Job("reminders", 10 * A_MINUTE, reminders.remind),
        Job("who is still there", 10 * A_MINUTE, features.attendance.take_turn),
        Job("champions", A_MINUTE, award.crown),
        Job("news", A_WHILE, news.send),
        Job("what waits for hosts", A_MINUTE, hosts.deliver),
        *(job for each in served for job in each.jobs),
    )
