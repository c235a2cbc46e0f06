"""What can go wrong with appeals."""

from dataclasses import dataclass

from bot.core.command_refs import ref
from bot.core.errors import CoachError, UsageError
from bot.core.safe_text import one_line
from bot.core.words.phrases import counted, shortened

HOW_IT_STANDS = {
    "open": "still waits for a host",
    "accepted": "was accepted",
    "declined": "was declined",
}


class AppealRejected(CoachError):
    """An appeal was not made."""


class NothingToAppeal(AppealRejected):
    """There is no graded answer with a text and a point without full credit."""

    sentence = (
        "There's nothing to appeal. You can appeal your last graded answer while its text is kept "
        "and one of its points lacks full credit."
    )


class PrivateAnswer(AppealRejected):
    """The answer was given in private, where nobody could decide."""

    sentence = (
        "You gave that answer in private, so there is no host to ask. If the question or its "
        f"grading is wrong, tell me with {ref('flag wrong')} and a few words."
    )


def unclear_appeal(words: str) -> UsageError:
    """Refuse what cannot be read behind /appeal or /appeals."""
    return UsageError(
        words,
        f"I cannot read {shortened(words)!r}. {ref('appeal')} shows the numbers of your points "
        f"and {ref('appeals')} those of a community, for {ref('appeal 2 3')}, "
        f"{ref('appeals accept 7')} or {ref('appeals decline 7')}.",
    )


@dataclass(eq=False)
class UnknownPoint(AppealRejected):
    """The point is not among the `count` points without full credit."""

    count: int

    @property
    def sentence(self) -> str:
        return (
            f"No point has this number: {counted(self.count, 'point')} of your answer can be "
            f"appealed. {ref('appeal')} lists them."
        )


@dataclass(eq=False)
class UnknownSentence(AppealRejected):
    """The number is not among those of the `count` sentences that can be chosen."""

    count: int

    @property
    def sentence(self) -> str:
        return (
            f"No sentence has this number: there are {self.count} to choose from. {ref('appeal')} "
            "with the number of the point lists them."
        )


class NoSentence(AppealRejected):
    """No sentence was chosen, and none copied."""

    sentence = (
        "Which part of your answer makes the point? Choose a sentence, or copy the words from your "
        "answer into the last field."
    )


class NotYourSentence(AppealRejected):
    """The words do not stand like this in the learner's answer."""

    sentence = (
        "I can't find those exact words in your answer. Copy a sentence from it, or name one "
        f"by its number: {ref('appeal')} with the number of the point lists them."
    )


@dataclass(eq=False)
class SentenceUnfit(AppealRejected):
    """The sentence has not between `least` and `most` characters."""

    least: int
    most: int

    @property
    def sentence(self) -> str:
        return (
            f"A sentence that makes a point has {self.least} to {self.most} characters. Quote "
            "the part of your answer that makes it."
        )


@dataclass(eq=False)
class AppealedBefore(AppealRejected):
    """This point of this answer was appealed; `state` is where that stands."""

    state: str

    @property
    def sentence(self) -> str:
        return (
            f"You already appealed this point of this answer, and that {HOW_IT_STANDS[self.state]}."
        )


@dataclass(eq=False)
class TooManyAppeals(AppealRejected):
    """The learner has `most` appeals that wait for a host."""

    most: int

    @property
    def sentence(self) -> str:
        return (
            f"You have {counted(self.most, 'appeal')} that wait for a host. Wait for a decision, "
            f"or take one back: {ref('appeal')} lists them."
        )


@dataclass(eq=False)
class UnknownAppeal(CoachError):
    """No open appeal of this community, or of this learner, has what was typed for a number."""

    words: str

    @property
    def sentence(self) -> str:
        return (
            f"No open appeal has the number {shortened(self.words)!r} here. {ref('appeal')} lists "
            f"yours, and {ref('appeals')} those of a community."
        )


class OwnAppeal(CoachError):
    """The host made the appeal, and somebody else could decide it."""

    sentence = "That's your own appeal, so another host has to decide it."


@dataclass(eq=False)
class NotAcceptable(CoachError):
    """The sentence cannot become a wording of the point."""

    reason: str

    @property
    def sentence(self) -> str:
        return (
            f"The sentence cannot become a wording of the point: {one_line(self.reason, 160)}. "
            "Decline the appeal, or correct the question first."
        )


@dataclass(eq=False)
class SoundsWrong(CoachError):
    """The sentence of an appeal resembles a statement that the question knows as wrong."""

    appeal_id: int
    wrong: str

    @property
    def sentence(self) -> str:
        return (
            f"That sentence sounds like a known mistake: “{one_line(self.wrong)}” If it's right "
            f"all the same, type {ref(f'appeals accept {self.appeal_id} anyway')}."
        )


@dataclass(eq=False)
class ReasonTooLong(CoachError):
    """A reason has more characters than are passed on."""

    most: int

    @property
    def sentence(self) -> str:
        return (
            f"A reason can have up to {self.most} characters, so nothing was decided: shorten it."
        )
