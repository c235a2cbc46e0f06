"""What platforms hand in is used where it is needed."""

from pathlib import Path

from pydantic import SecretStr

from bot.platforms.discord.settings import DiscordSettings
from bot.platforms.slack.settings import SlackSettings
from tests.application import an_application
from tests.fakes import FakeGrader
from tests.platforms.slack.emulator.server import APP_TOKEN, BOT_TOKEN


def test_each_platform_with_members_is_asked_who_is_still_there(tmp_path: Path) -> None:
    application = an_application(
        tmp_path,
        grader=FakeGrader(),
        discord=DiscordSettings(token=SecretStr("token")),
        slack=SlackSettings(bot_token=SecretStr(BOT_TOKEN), app_token=SecretStr(APP_TOKEN)),
    )
    assert application.features.attendance.lookups == {}

    served = {each.platform.name: each.members for each in application.served()}

    assert set(served) == {"discord", "slack"}
    assert application.features.attendance.lookups == served
