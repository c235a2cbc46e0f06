"""The shipped questions, the model, the grader and the search."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.bootstrap.storage import Storage
from bot.core.ports import QuestionFinder
from bot.core.questions.banks import CombinedBank
from bot.settings import Settings
from grading.batching import BatchingEncoder
from grading.corpus import Corpus
from grading.encoder import SentenceTransformerEncoder
from grading.grader import Grader
from grading.search import QuestionSearch, WiderSearch
from grading.second_opinion import NliModel
from knowledge.bank import QuestionBank
from knowledge.loader import load_bank
from knowledge.question import Question


@dataclass(frozen=True)
class Grading:
    """The questions that all communities share, as vectors; what grades and what searches."""

    shipped: QuestionBank
    encoder: SentenceTransformerEncoder
    corpus: Corpus
    grader: Grader
    search: QuestionSearch

    def finder_among(self, more: Sequence[Question]) -> QuestionFinder:
        """Return a search over the shipped questions and some more."""
        return WiderSearch(self.search, self.corpus, more)


def bank_of(shipped: QuestionBank, storage: Storage) -> CombinedBank:
    """Return the shipped questions, with the own questions of communities by their ids.

    The database is opened when the first of these is looked for.
    """
    return CombinedBank(shipped, storage.own_questions)


def grading_of(settings: Settings, *, serving: bool = False) -> Grading:
    """Return the grading that the settings name; its model is loaded with the first text.

    `serving` says that many people are served at once; then one thread runs the model for all.

    Raises:
        InvalidBank: a question file has faults.
    """
    shipped = load_bank(settings.knowledge)
    encoder = SentenceTransformerEncoder(settings.model, settings.precision)
    corpus = Corpus(shipped, encoder, settings.vectors)
    opinion = NliModel(settings.nli_model) if settings.nli_model else None
    grader = Grader(corpus, second_opinion=opinion)
    if serving:
        grader = grader.reading_with(BatchingEncoder(encoder))
    return Grading(shipped, encoder, corpus, grader, QuestionSearch(corpus))
