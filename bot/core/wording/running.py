"""What an operator is told when the coach cannot serve a platform."""

from bot.core.errors.base import NothingToRun, PlatformRefused
from bot.core.wording.errors import sentence_of


@sentence_of.register
def _(_: NothingToRun) -> str:
    return (
        "No platform is configured. Set COACH_DISCORD__TOKEN to the token of your Discord "
        "application, or COACH_SLACK__BOT_TOKEN and COACH_SLACK__APP_TOKEN to those of your Slack "
        "app, in the environment or in a .env file (README, Discord and Slack). "
        "To practise alone, use coach chat."
    )


@sentence_of.register
def _(problem: PlatformRefused) -> str:
    return f"{problem.platform} refused: {problem.reason}. {problem.remedy}"
