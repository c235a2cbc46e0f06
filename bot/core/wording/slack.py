"""Sentences that only Slack needs: on buttons and forms, in Home, and where its limits show."""

from typing import Final

from bot.core.reply import Action
from bot.core.wording.phrases import counted

YOU_WROTE: Final = "You wrote"
BUT: Final = "But"
WHY: Final = "Why"
NOTHING_TO_SHOW: Final = "There is nothing to show here yet."

LABELS: Final = {
    Action.ANSWER: "Answer",
    Action.ASK: "Next question",
    Action.HINT: "Hint",
    Action.REVEAL: "Show the answer",
    Action.SKIP: "Skip",
    Action.RETRY: "Try again",
    Action.PROGRESS: "My progress",
    Action.TOPICS: "All topics",
}


def button_label(action: Action) -> str:
    """Return what stands on the button of an action."""
    return LABELS.get(action) or action.value.replace("_", " ").capitalize()


def left_out(parts: int) -> str:
    """Say that a message goes on, but is not shown to its end."""
    return (
        f"{counted(parts, 'more part')} would follow; this is too long for Slack. "
        "Ask for a part of it, such as one topic."
    )
