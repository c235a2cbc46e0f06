"""What can go wrong when somebody answers."""

from bot.core.command_refs import ref
from bot.core.errors import AnswerRejected, CoachError
from bot.core.practice.model import MAX_ANSWER_CHARACTERS, MOST_WAITING


class NoOpenQuestion(CoachError):
    """There is no question to answer, to hint at, to reveal or to skip."""

    sentence = f"You have no open question. Type {ref('ask')} for one, or {ref('ask')} and a topic."


class NotHeld(CoachError):
    """A text that might have been an answer is not held any more."""

    sentence = (
        "I don't have that text any more: it has been graded, or it was more than a day ago. To "
        f"have it graded, send it again with {ref('answer')}."
    )


class EmptyAnswer(AnswerRejected):
    """Nothing readable is in the answer."""

    sentence = (
        "I found no words in that answer, so there is nothing to grade. The question is still "
        f"open: answer in a sentence or two, or type {ref('hint')}."
    )


class TooManyWaiting(AnswerRejected):
    """So many of the learner's answers wait for their grades that another one is not taken."""

    sentence = (
        f"I did not take this answer, because {MOST_WAITING} of yours still wait for their grades. "
        "Your text is unchanged: send it again when the first grades are back, in a minute or two."
    )


class AnswerTooLong(AnswerRejected):
    """The answer has more characters than are graded."""

    @property
    def sentence(self) -> str:
        return (
            f"That answer has {len(self.text):,} characters; I grade up to "
            f"{MAX_ANSWER_CHARACTERS:,}. Nothing was graded and your text is unchanged: shorten it "
            "to what you would say in an interview and send it again."
        )
