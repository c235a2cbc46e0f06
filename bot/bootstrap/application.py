"""What serves people: the platforms, and what has to be done again and again."""

import secrets
from typing import TYPE_CHECKING

from bot.bootstrap.part import part
from bot.bootstrap.together import Together
from bot.core.accounts.model import PlatformUser
from bot.core.champions.award import ChampionAward
from bot.core.champions.ports import RoleKeeper
from bot.core.champions.service import Champions
from bot.core.communities.presence import Departures
from bot.core.daily.engine import DailyEngine, DailyPlanner
from bot.core.daily.poster import PostRunner
from bot.core.notifications.service import NoticeSender
from bot.core.ports import Messenger
from bot.core.reply import Reply
from bot.core.reviews.reminders import Reminding
from bot.platforms.front_desk import FrontDesk, Services
from bot.platforms.runner import Job, Platform
from bot.platforms.terminal.person import PLATFORM
from bot.platforms.terminal.room import TerminalRoom

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.platforms.discord.platform import DiscordPlatform
    from bot.platforms.slack.platform import SlackPlatform

A_MINUTE, A_DAY = 60.0, 86_400.0
"""In seconds."""


class Application(Together):
    """What serves people: the platforms, and what has to be done again and again."""

    @part
    def services(self) -> Services:
        """The use cases that platforms offer."""
        return Services(
            coach=self.coach,
            bank=self.bank,
            commands=self.commands,
            accounts=self.accounts,
            daily=self.daily_practice,
            plans=self.daily_plans,
            departures=Departures(self.unit_of_work, self.clock),
            late_grades=self.owed,
            notices=self.notices,
            overviews=self.overviews,
            visibility=self.seeing,
        )

    @part
    def desk(self) -> FrontDesk:
        """What runs use cases for people."""
        return FrontDesk(self.services)

    @part
    def discord(self) -> "DiscordPlatform":
        """The coach on Discord."""
        from bot.platforms.discord.platform import DiscordPlatform
        from bot.platforms.discord.registry import Registry

        champions = Champions(self.unit_of_work, self.clock)
        registry = Registry(self.settings.discord_commands)
        return DiscordPlatform(self.desk, champions, registry, self.settings.discord)

    @part
    def slack(self) -> "SlackPlatform":
        """The coach on Slack."""
        from bot.platforms.slack.dispatch import SlackDesk
        from bot.platforms.slack.platform import SlackPlatform

        settings = self.settings.slack
        desk = SlackDesk(self.services, settings.command)
        return SlackPlatform(desk, settings, self.unit_of_work, self.clock)

    @part
    def messengers(self) -> dict[str, Messenger]:
        """What speaks first on each platform that is configured."""
        speaking: dict[str, Messenger] = {}
        if self.settings.discord.secret:
            speaking["discord"] = self.discord.messenger
        if self.settings.slack.is_set:
            speaking["slack"] = self.slack.messenger
        return speaking

    @part
    def daily_engine(self) -> DailyEngine:
        """What keeps the daily questions of all channels going."""
        return self._engine_for(self.messengers)

    @part
    def room(self) -> TerminalRoom:
        """Where the terminal posts."""
        return TerminalRoom(self.settings.room, self.clock.now)

    @part
    def room_engine(self) -> DailyEngine:
        """What keeps the daily question of the terminal's room going."""
        return self._engine_for({PLATFORM: self.room})

    def _engine_for(self, messengers: dict[str, Messenger]) -> DailyEngine:
        unit_of_work, clock = self.unit_of_work, self.clock
        posting = PostRunner(self.bank, unit_of_work, clock, messengers, secrets.token_hex(8))
        return DailyEngine(DailyPlanner(self.bank, unit_of_work, clock, messengers), posting)

    def news(self, user: PlatformUser) -> tuple[Reply, ...]:
        """Return what somebody at the terminal should hear: what concerns them, and the room."""
        self.room_engine.poll()
        return (*self.notices.waiting(user), *self.room.news())

    @part
    def reminding(self) -> Reminding:
        """What reminds people of their reviews."""
        return Reminding(self.bank, self.unit_of_work, self.clock, self.messengers)

    @part
    def crowning(self) -> ChampionAward:
        """What gives champions their role."""
        keepers: dict[str, RoleKeeper] = {}
        if self.settings.discord.secret:
            keepers["discord"] = self.discord.messenger
        return ChampionAward(self.unit_of_work, self.clock, keepers)

    @part
    def postman(self) -> NoticeSender:
        """What brings news to people who do not come by."""
        return NoticeSender(self.notices, self.messengers)

    @part
    def platforms(self) -> tuple[Platform, ...]:
        """The platforms that are configured."""
        discord = (self.discord,) if self.settings.discord.secret else ()
        return (*discord, *((self.slack,) if self.settings.slack.is_set else ()))

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What has to be done again and again while people are served."""
        return (
            Job("sign of life", A_MINUTE, self.heartbeat.beat),
            Job("warm-up", A_DAY, self.corpus.prepare),
            Job("housekeeping", A_DAY, lambda: self.housekeeping.run(self.clock.now())),
            Job("grades owing", A_MINUTE, self.owed.complete),
            Job("answers graded again", A_MINUTE, self.regrading.run_pending),
            Job("daily questions", self.settings.poll_seconds, self.daily_engine.poll),
            Job("reminders", 10 * A_MINUTE, self.reminding.remind),
            Job("champions", A_MINUTE, self.crowning.crown),
            Job("news", A_MINUTE, self.postman.deliver),
        )


class CommandTable(Application):
    """A coach whose commands are read, as for a manifest, and none is run: it opens no database."""

    @part
    def engine(self) -> "Engine":
        """Connections to nothing, of which none is ever made."""
        from sqlalchemy import create_engine

        return create_engine("sqlite://")
