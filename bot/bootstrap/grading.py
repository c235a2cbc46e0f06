"""The questions, the model, the grader and the search."""

from collections.abc import Sequence

from bot.bootstrap.part import part
from bot.bootstrap.storing import Storing
from bot.core.ports import QuestionFinder
from bot.core.questions.banks import BanksByPlace, CombinedBank
from bot.core.questions.search import QuestionLookup
from grading.batching import BatchingEncoder
from grading.corpus import Corpus
from grading.encoder import SentenceTransformerEncoder
from grading.grader import Grader
from grading.search import QuestionSearch, WiderSearch
from grading.second_opinion import NliModel
from knowledge.bank import QuestionBank
from knowledge.loader import load_bank
from knowledge.question import Question


class Grading(Storing):
    """The questions, the model, the grader and the search."""

    @part
    def shipped(self) -> QuestionBank:
        """The questions that all communities share.

        Raises:
            InvalidBank: a question file has faults.
        """
        return load_bank(self.settings.knowledge)

    @part
    def bank(self) -> CombinedBank:
        """The same, with the own questions of communities by their ids.

        The database is opened when the first of these is looked for.

        Raises:
            InvalidBank: a question file has faults.
        """
        return CombinedBank(self.shipped, lambda: self.own_question_source)

    @part
    def shelves(self) -> BanksByPlace:
        """Which questions are asked where."""
        return BanksByPlace(self.bank, self.search, self.finder_among)

    def finder_among(self, more: Sequence[Question]) -> QuestionFinder:
        """Return a search over the shipped questions and some more."""
        return WiderSearch(self.search, self.corpus, more)

    @part
    def encoder(self) -> SentenceTransformerEncoder:
        """The model that makes vectors."""
        return SentenceTransformerEncoder(self.settings.model, self.settings.precision)

    @part
    def corpus(self) -> Corpus:
        """The questions as vectors."""
        return Corpus(self.shipped, self.encoder, self.settings.vectors)

    @part
    def grader(self) -> Grader:
        """The grader with the shipped coefficients, and a second opinion where one is named."""
        name = self.settings.nli_model
        grader = Grader(self.corpus, second_opinion=NliModel(name) if name else None)
        return grader.reading_with(BatchingEncoder(self.encoder)) if self.serving else grader

    @part
    def search(self) -> QuestionSearch:
        """The search over the shipped questions."""
        return QuestionSearch(self.corpus)

    @part
    def lookup(self) -> QuestionLookup:
        """From words to a question, without a database."""
        return QuestionLookup(self.bank, self.search)
