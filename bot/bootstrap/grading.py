"""The shipped questions, the model, the grader and the search."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.bootstrap.cluster import remote_of
from bot.bootstrap.storage import Storage
from bot.core.errors import GradingUnavailable
from bot.core.ports import Grader as AnyGrader
from bot.core.ports import QuestionFinder
from bot.core.questions.banks import CombinedBank
from bot.settings import Settings
from grading.batching import BatchingEncoder
from grading.corpus import Corpus
from grading.drift import Period, Shift, compare
from grading.encoder import SentenceTransformerEncoder
from grading.errors import ModelUnavailable
from grading.grader import Grader
from grading.remote import RemoteGrader
from grading.search import QuestionSearch, WiderSearch
from grading.second_opinion import NliModel, SecondOpinion
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
    remote: RemoteGrader | None = None

    @property
    def of_answers(self) -> AnyGrader:
        """Return what grades learners' answers: the cluster where one is set, and never both."""
        return self.remote or self.grader

    def finder_among(self, more: Sequence[Question]) -> QuestionFinder:
        """Return a search over the shipped questions and some more."""
        return WiderSearch(self.search, self.corpus, more)

    def compare(self, before: Period, now: Period) -> tuple[Shift, ...]:
        """Return how far answers moved; without texts, how far their scores did.

        Raises:
            GradingUnavailable: the model cannot be loaded.
        """
        try:
            return compare(before, now, self.encoder if now.texts else None)
        except ModelUnavailable as problem:
            raise GradingUnavailable(str(problem)) from problem

    def warm_up(self) -> None:
        """Have what searches look through and the model in memory; where they are, do nothing.

        Raises:
            ModelUnavailable: the model cannot be loaded.
            GraderUnreachable: the cluster that grades does not answer.
        """
        try:
            if self.remote is not None:
                self.remote.start()
        finally:
            self.corpus.prepare()
            self.encoder.load()


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
        SettingUnusable: answers are to be graded on Ray, which is not installed.
    """
    shipped = load_bank(settings.knowledge)
    encoder = SentenceTransformerEncoder(settings.model, settings.precision)
    corpus = Corpus(shipped, encoder, settings.vectors)
    grader = Grader(corpus, second_opinion=opinion_of(settings))
    if serving:
        grader = grader.reading_with(BatchingEncoder(encoder))
    remote = remote_of(settings, grader) if settings.grading.backend == "ray" else None
    return Grading(shipped, encoder, corpus, grader, QuestionSearch(corpus), remote)


def opinion_of(settings: Settings) -> SecondOpinion | None:
    """Return who gives second opinions, None when nobody was chosen."""
    chosen = settings.opinion
    if chosen.url is None or chosen.model is None:
        return NliModel(settings.nli_model) if settings.nli_model else None
    from bot.clock import SystemClock
    from bot.storage.daily_cap import DailyCap
    from grading.chat_endpoint import Address
    from grading.chat_opinion import ChatOpinion, Endpoint

    address = Address.of(chosen.url)
    endpoint = Endpoint(address, chosen.model, chosen.key, chosen.seconds)
    cap = DailyCap(settings.spent, chosen.calls_a_day, chosen.tokens_a_day, SystemClock())
    return ChatOpinion(endpoint, cap)


def outside_of(settings: Settings) -> str | None:
    """Return in words to whom sentences of answers are sent, None when to nobody."""
    if settings.opinion.url is None:
        return None
    from grading.chat_endpoint import Address, is_near

    host = Address.of(settings.opinion.url).host
    if is_near(host):
        return "a language model in the network of whoever runs me"
    return f"the language model {settings.opinion.model} at {host}"
