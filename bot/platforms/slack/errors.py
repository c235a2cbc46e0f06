"""What Slack alone refuses."""

from bot.core.errors import CoachError


class CouldNotAsk(CoachError):
    """Slack did not say who somebody is, so that nobody knows whether they may do it."""

    sentence = (
        "I couldn't ask Slack whether you manage this workspace, so I changed nothing. "
        "Please try again in a minute."
    )
