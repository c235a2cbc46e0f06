"""What can go wrong around a daily question."""

from dataclasses import dataclass

from bot.core.command_refs import ref
from bot.core.errors import CoachError, SettingRejected, UsageError
from bot.core.words.phrases import listed, shortened

EXAMPLES = {
    "time": "time 18:30",
    "zone": "zone Berlin",
    "days": "days mon-fri",
    "topics": "topics monitoring, deployment",
    "level": "level 2-4",
    "open": "open 24 hours",
    "ping": "ping off",
    "thread": "thread answered",
}
"""What may be typed behind /daily set, each as it stands."""

SHOWN = EXAMPLES | {
    "ping": "ping @role (or off)",
    "thread": "thread on, off or answered",
}

HOW_TO_CHANGE = (
    f"{ref('daily set')} changes one thing: {listed(tuple(SHOWN.values()), 'or')}. "
    f"{ref('daily pause')} stops."
)


def unknown_plan_choice(words: str) -> UsageError:
    """Refuse what names nothing about a daily question."""
    if not words:
        return UsageError(words, f"Tell me what to change. {HOW_TO_CHANGE}")
    return UsageError(
        words,
        f"I don't understand {shortened(words)!r} for the daily question, so nothing "
        f"changed. {HOW_TO_CHANGE}",
    )


@dataclass(eq=False)
class UnclearPlanChoice(SettingRejected):
    """The value in `words` cannot be read; `choice` is what it is about."""

    choice: str
    words: str

    @property
    def sentence(self) -> str:
        what = f"I cannot read {shortened(self.words)!r}" if self.words else "A value is missing"
        return f"{what}, and nothing was changed. Type {ref('daily set')} {SHOWN[self.choice]}."


class NoPrivateDiscussions(SettingRejected):
    """A discussion for those who have answered was chosen where the platform has no such thing."""

    sentence = (
        "A discussion only for those who have answered is not possible on this platform, where "
        "whoever reads a channel reads its threads; nothing was changed. "
        f"{ref('daily set thread on')} opens one for everybody."
    )


class NothingFits(SettingRejected):
    """No question is of the topics and levels that a host chose."""

    sentence = (
        "No question is about these topics at this difficulty, and nothing was changed. "
        f"{ref('daily set topics all')} or {ref('daily set level all')} widens the choice."
    )


class NoDailyPlan(CoachError):
    """No daily question is set up in this channel."""

    sentence = (
        f"No daily question is set up in this channel. {ref('daily setup 09:00 Berlin')} "
        "starts one."
    )


class PostElsewhere(CoachError):
    """A daily question is answered from another community than the one that it was posted in."""

    sentence = (
        f"That question of the day belongs to another community. {ref('ask')} gets you one of "
        "your own."
    )


class NoSuchPost(CoachError):
    """A daily question is gone, or the question that it asked."""

    sentence = (
        f"That question of the day is gone. {ref('daily')} shows today's, and {ref('ask')} gets "
        "you another."
    )


class NoResultsYet(CoachError):
    """No daily question of this channel has closed so far."""

    sentence = (
        f"No question of the day has closed in this channel yet. {ref('daily')} shows the open one."
    )
