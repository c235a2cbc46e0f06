"""Grading in a cluster: what the replicas are to grade with, and the way to them."""

import atexit
import hashlib
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bot.core.errors import SettingUnusable
from bot.settings import Settings
from grading.corpus import Corpus
from grading.encoder import SentenceTransformerEncoder, compute_with, threads
from grading.grader import Grader
from grading.on_ray import BATCH, Cluster, is_installed, talk
from grading.precision import Precision
from grading.remote import RemoteGrader, SpawnedLink
from grading.second_opinion import NliModel
from knowledge.bank import QuestionBank
from knowledge.loader import load_bank

MOST_AT_ONCE = 64
"""Answers of a platform that are at the cluster at a time: each needs a connection to the database
for moments, of which PostgreSQL grants a hundred by default."""

NOT_INSTALLED = "Ray is not installed: pip install 'interview-coach[ray]'"


@dataclass(frozen=True)
class Recipe:
    """What makes a grader on any machine that has the coach; it holds no secret.

    Precision and threads are those that this program would grade with: both decide the last bits of
    a vector, and grades are to be the same.
    """

    model: str
    precision: Precision
    threads: int
    knowledge: Path | None
    nli_model: str | None
    vectors: Path = field(repr=False)
    """Where computed vectors are kept, on machines that have the folder; no grade depends on it."""


def recipe_of(settings: Settings) -> Recipe:
    """Return how the settings have answers graded."""
    precision = SentenceTransformerEncoder(settings.model, settings.precision).precision
    return Recipe(
        model=settings.model,
        precision=precision,
        threads=threads(),
        knowledge=settings.knowledge,
        nli_model=settings.nli_model,
        vectors=settings.vectors,
    )


def ready_grader(recipe: Recipe) -> Grader:
    """Return a grader with its model and its index in memory.

    Raises:
        ModelUnavailable: a model cannot be loaded.
        InvalidBank: a question file has faults.
    """
    compute_with(recipe.threads)
    bank = load_bank(recipe.knowledge)
    encoder = SentenceTransformerEncoder(recipe.model, recipe.precision)
    corpus = Corpus(bank, encoder, recipe.vectors)
    corpus.prepare()
    opinion = NliModel(recipe.nli_model) if recipe.nli_model else None
    grader = Grader(corpus, second_opinion=opinion)
    grader.warm_up(next(iter(bank)))
    return grader


def release_of(recipe: Recipe, grader: Grader, bank: QuestionBank, *numbers: int) -> str:
    """Return a name that changes with the coach, its grader, its questions and its replicas."""
    parts = [version("interview-coach"), grader.identity.model_dump_json(), repr(recipe)]
    total = hashlib.sha256(repr((parts, numbers)).encode())
    for question in bank:
        total.update(question.model_dump_json().encode())
    return total.hexdigest()[:16]


def at_once(settings: Settings) -> int:
    """Return how many answers of a platform the cluster has work for; 0 where there is none."""
    chosen = settings.grading
    return min(BATCH * chosen.most_replicas, MOST_AT_ONCE) if chosen.backend == "ray" else 0


def remote_of(settings: Settings, grader: Grader, *, deploys: bool = True) -> RemoteGrader:
    """Return what grades in the cluster that the settings name, as the grader here would.

    Its process starts with the first answer and ends with this one. Unless it `deploys`, it only
    looks at what grades there.

    Raises:
        SettingUnusable: Ray is not installed.
    """
    if not is_installed():
        raise SettingUnusable("COACH_GRADING__BACKEND", NOT_INSTALLED)
    chosen = settings.grading

    def open_link() -> SpawnedLink:
        recipe = recipe_of(settings)
        replicas = chosen.least_replicas, chosen.most_replicas
        cluster = Cluster(
            address=chosen.ray_address,
            release=release_of(recipe, grader, grader.bank, *replicas),
            least=chosen.least_replicas,
            most=chosen.most_replicas,
            threads=recipe.threads,
            deploys=deploys,
        )
        return SpawnedLink(talk, cluster, partial(ready_grader, recipe))

    remote = RemoteGrader(open_link, chosen.seconds)
    atexit.register(remote.close)
    return remote
