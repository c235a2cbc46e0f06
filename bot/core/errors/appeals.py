"""What can go wrong with appeals."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError


class AppealRejected(CoachError):
    """An appeal was not made."""


class NothingToAppeal(AppealRejected):
    """There is no graded answer with a text and a point without full credit."""


class PrivateAnswer(AppealRejected):
    """The answer was given in private, where nobody could decide."""


@dataclass(eq=False)
class UnclearAppeal(AppealRejected):
    """What was typed behind the command cannot be read."""

    words: str


@dataclass(eq=False)
class UnknownPoint(AppealRejected):
    """The point is not among the `count` points without full credit."""

    count: int


@dataclass(eq=False)
class UnknownSentence(AppealRejected):
    """The number is not among those of the `count` sentences that can be chosen."""

    count: int


class NotYourSentence(AppealRejected):
    """The words do not stand like this in the learner's answer."""


@dataclass(eq=False)
class SentenceUnfit(AppealRejected):
    """The sentence has not between `least` and `most` characters."""

    least: int
    most: int


@dataclass(eq=False)
class AppealedBefore(AppealRejected):
    """This point of this answer was appealed; `state` is where that stands."""

    state: str


@dataclass(eq=False)
class TooManyAppeals(AppealRejected):
    """The learner has `most` appeals that wait for a host."""

    most: int


@dataclass(eq=False)
class UnknownAppeal(CoachError):
    """No open appeal of this community, or of this learner, has what was typed for a number."""

    words: str


class OwnAppeal(CoachError):
    """The host made the appeal, and somebody else could decide it."""


@dataclass(eq=False)
class NotAcceptable(CoachError):
    """The sentence cannot become a wording of the point."""

    reason: str


@dataclass(eq=False)
class SoundsWrong(CoachError):
    """The sentence of an appeal resembles a statement that the question knows as wrong."""

    appeal_id: int
    wrong: str


@dataclass(eq=False)
class ReasonTooLong(CoachError):
    """A reason has more characters than are passed on."""

    most: int
