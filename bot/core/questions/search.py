"""From a person's words to one question: by id, by name, else the nearest by meaning."""

from bot.core.errors import GradingBusy, GradingUnavailable
from bot.core.ports import QuestionFinder
from bot.core.questions.errors import UnknownTopic
from grading.errors import GraderBusy, ModelUnavailable
from grading.search import Found
from knowledge.bank import QuestionBank
from knowledge.question import Question

NEAR_ENOUGH = 0.45
"""Free words lead to a question from this similarity on. Paraphrased seed questions score above
0.55 on the bank, questions of other fields under 0.4."""

MOST_SUGGESTIONS = 3


def question_about(bank: QuestionBank, finder: QuestionFinder, words: str) -> Question:
    """Return the question with this id or name, or the nearest one to free words.

    Raises:
        UnknownTopic: nothing in the bank is near the words.
        GradingUnavailable: free words need the model, and it cannot be loaded or is busy.
    """
    if (named := bank.named(words)) is not None:
        return named
    found = found_by(finder, words)
    if found and found[0].score >= NEAR_ENOUGH:
        return bank.get(found[0].question_id)
    nearest = [bank.get(hit.question_id) for hit in found[:MOST_SUGGESTIONS]]
    topics = tuple(dict.fromkeys(question.topic for question in nearest))
    raise UnknownTopic(words, topics, tuple(question.slug for question in nearest))


def found_by(finder: QuestionFinder, words: str, top_k: int = 5) -> tuple[Found, ...]:
    """Return the questions nearest to the words, the best first.

    Raises:
        GradingUnavailable: the model is needed, and it cannot be loaded or is busy.
    """
    try:
        return finder.find(words, top_k)
    except GraderBusy as error:
        raise GradingBusy(str(error)) from error
    except ModelUnavailable as error:
        raise GradingUnavailable(str(error)) from error
