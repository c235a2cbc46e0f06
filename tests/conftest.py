"""The real parts that many tests share, each loaded once a run."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("HF_HUB_OFFLINE", "1")

from grading.corpus import Corpus
from grading.encoder import SentenceTransformerEncoder
from grading.grader import Grader
from grading.search import QuestionSearch
from knowledge.bank import QuestionBank
from tests.shipped import shipped

pytest_plugins = ["tests.databases"]

# How long an example takes says how busy the machine is.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")
# For runs that show something else: the examples are tried in the run of all tests.
settings.register_profile("few", settings.get_profile("busy"), max_examples=5)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Read no file without tests that run alone where only those are wanted."""
    wanted = config.option.markexpr == "alone" and collection_path.suffix == ".py"
    return True if wanted and "mark.alone" not in collection_path.read_text() else None


@pytest.fixture(scope="session")
def bank() -> QuestionBank:
    """The shipped questions."""
    return shipped()


@pytest.fixture(scope="session")
def vector_cache(request: pytest.FixtureRequest) -> Path:
    """A folder of embedded texts that outlives the run, so that the next one embeds nothing."""
    return Path(request.config.cache.mkdir("vectors"))


@pytest.fixture(scope="session")
def encoder() -> SentenceTransformerEncoder:
    """The real model."""
    return SentenceTransformerEncoder()


@pytest.fixture(scope="session")
def corpus(bank: QuestionBank, encoder: SentenceTransformerEncoder, vector_cache: Path) -> Corpus:
    """The shipped questions as vectors."""
    corpus = Corpus(bank, encoder, vector_cache)
    corpus.prepare()
    return corpus


@pytest.fixture(scope="session")
def grader(corpus: Corpus) -> Grader:
    """The real grader with the shipped coefficients."""
    return Grader(corpus)


@pytest.fixture(scope="session")
def search(corpus: Corpus) -> QuestionSearch:
    """The real search."""
    return QuestionSearch(corpus)
