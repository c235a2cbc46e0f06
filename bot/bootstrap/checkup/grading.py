"""The questions, the model, and what else a grade needs."""

import http.client
import json
import socket
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from bot.bootstrap.cluster import NOT_INSTALLED, remote_of
from bot.bootstrap.grading import grading_of, opinion_of
from bot.core.checkup import Finding, fine, problem, warning
from bot.core.errors import SettingUnusable
from bot.core.words.phrases import counted
from bot.settings import Settings
from grading.cache import damaged
from grading.calibration import shipped_coefficients
from grading.chat_endpoint import Address, Line
from grading.corpus import searchable_texts
from grading.encoder import SentenceTransformerEncoder
from grading.entailment import shipped_entailment
from grading.errors import GraderUnreachable, ModelUnavailable
from grading.grade import GraderId
from grading.premade import key_of, premade_vectors
from grading.remote import RemoteGrader, identity_of
from grading.signals import PointSignals
from knowledge.bank import QuestionBank
from knowledge.errors import InvalidBank

START_CLUSTER = "Start it with this machine as a node, or correct COACH_GRADING__RAY_ADDRESS."
INSTALL = "Install the coach anew: a file that comes with it is missing or damaged."
A_STATEMENT = "The relationship between inputs and target changes."
OPINION_SECONDS = 5.0
CLUSTER_SECONDS = 60.0
CONNECT_SECONDS = 5.0

REFUSED, NOT_OFFERED = (401, 403), (404, 405, 501)
"""HTTP's words for a wrong key, and for a list of models that a server does not offer."""


def bank(load: Callable[[], QuestionBank]) -> Iterator[Finding]:
    """Look whether the questions can be read and have no faults."""
    try:
        found = load()
    except InvalidBank as error:
        first = f"{error}, the first in {error.faults[0].file}" if error.faults else str(error)
        yield problem("questions", first, "Mend what coach knowledge check lists.")
        return
    topics = counted(len(found.topics), "topic")
    yield fine("questions", f"{counted(len(found), 'question')} on {topics}")


def model(settings: Settings) -> Iterator[Finding]:
    """Look whether the model is there, can be loaded and computes."""
    encoder = SentenceTransformerEncoder(settings.model, settings.precision)
    began = time.monotonic()
    try:
        encoder.encode([A_STATEMENT])
    except ModelUnavailable as error:
        remedy = "Set COACH_MODEL to a model that is there, or leave it out for the shipped one."
        yield problem("model", f"{error.model}: {error.reason}", remedy)
        return
    took = time.monotonic() - began
    yield fine("model", f"{encoder.model_id} loaded in {took:.1f} s")


def grader(settings: Settings) -> Iterator[Finding]:
    """Look whether the weights and coefficients that ship can be read and fit each other."""
    yield _coefficients()
    try:
        shipped_entailment(settings.precision).judge([(A_STATEMENT, A_STATEMENT)])
    except Exception as error:  # noqa: BLE001 whatever the libraries raise for a damaged file
        yield problem("grader's network", f"cannot be read ({type(error).__name__})", INSTALL)
    else:
        yield fine("grader's network", "loaded")


def _coefficients() -> Finding:
    try:
        fitted = shipped_coefficients()
    except (OSError, ValueError) as error:
        return problem("coefficients", f"cannot be read ({type(error).__name__})", INSTALL)
    fits = (fitted.covered, *fitted.contradicted)
    unknown = {name for fit in fits for name in fit.weights} - set(PointSignals._fields)
    if unknown:
        told = f"version {fitted.version} weighs what is not measured: {', '.join(sorted(unknown))}"
        return problem("coefficients", told, INSTALL)
    return fine("coefficients", f"version {fitted.version}")


def vectors(settings: Settings, load: Callable[[], QuestionBank]) -> Iterator[Finding]:
    """Look whether the vectors that ship fit the questions, and those on disk can be read."""
    encoder = SentenceTransformerEncoder(settings.model, settings.precision)
    try:
        texts = searchable_texts(load())
        known = premade_vectors(encoder.model_id)
    except InvalidBank:
        return  # the look at the questions tells
    except Exception as error:  # noqa: BLE001 whatever the libraries raise for a damaged file
        yield problem("vectors", f"cannot be read ({type(error).__name__})", INSTALL)
        return
    missing = sum(key_of(text) not in known for text in texts)
    told = f"{len(texts) - missing} of {len(texts)} searched passages come with the coach"
    broken, every = damaged(settings.vectors)
    if missing and known and settings.knowledge is None:
        yield problem("vectors", f"{missing} of {len(texts)} searched passages have none", INSTALL)
    elif broken:
        told = f"{broken} of {counted(every, 'file')} in {settings.vectors} cannot be read"
        yield warning("vectors", told, f"Remove {settings.vectors}: it is filled again.")
    else:
        yield fine("vectors", f"{told}, {counted(every, 'file')} on disk")


def cluster(settings: Settings) -> Iterator[Finding]:
    """Look whether the cluster that grades answers, and whether it grades as this program would."""
    chosen, subject = settings.grading, "grading cluster"
    if chosen.backend == "local":
        return
    try:
        here = grading_of(settings).grader
        remote = remote_of(settings, here, deploys=False)
    except SettingUnusable:
        yield problem(subject, NOT_INSTALLED, "Install it, or leave out COACH_GRADING__BACKEND.")
        return
    except InvalidBank:
        return  # the look at the questions tells
    if chosen.ray_address is None:
        yield fine(subject, "coach run starts one on this machine")
        return
    silence = silence_at(chosen.ray_address)
    if silence is not None:
        told = f"{chosen.ray_address} does not answer ({silence})"
        yield problem(subject, told, START_CLUSTER)
        return
    yield standing_of(remote, chosen.ray_address, here.identity)


def standing_of(remote: RemoteGrader, address: str, here: GraderId) -> Finding:
    """Return what is to be said of a cluster that should grade as the grader here."""
    subject = "grading cluster"
    try:
        standing = remote.standing(CLUSTER_SECONDS)
    except GraderUnreachable as error:
        return problem(subject, f"{address} does not answer: {error.reason}", START_CLUSTER)
    finally:
        remote.close()
    if not standing.grader:
        return fine(subject, f"{address} answers; coach run brings the grader there")
    there = identity_of(standing)
    if there != here:
        told = f"{address} grades with version {there.version} and {there.model}"
        told += f", this program with version {here.version} and {here.model}"
        return warning(
            subject, told, "Install the same coach on all its nodes, then start coach run."
        )
    return fine(subject, f"{address} grades with version {there.version}")


def silence_at(address: str) -> str | None:
    """Return why nobody listens at the address of a cluster, None where somebody may.

    Ray would try for a minute. What names no place, such as `auto`, is left to Ray.
    """
    try:
        place = urlsplit(f"//{address.rpartition('://')[2]}")
        if place.hostname is None or place.port is None:
            return None
        socket.create_connection((place.hostname, place.port), CONNECT_SECONDS).close()
    except (OSError, ValueError) as error:
        return type(error).__name__
    return None


def opinion(settings: Settings) -> Iterator[Finding]:
    """Look whether whoever gives second opinions is there; nothing is spent."""
    chosen = settings.opinion
    if chosen.url is not None:
        yield _server(settings)
    elif settings.nli_model:
        found = opinion_of(settings)
        assert found is not None  # noqa: S101 its model is named
        try:
            found.load()
        except ModelUnavailable as error:
            remedy = "Set COACH_NLI_MODEL to a model that is there, or leave it out."
            yield problem("second opinion", f"{error.model}: {error.reason}", remedy)
            return
        yield fine("second opinion", f"{settings.nli_model} loaded")


def _server(settings: Settings) -> Finding:
    """Ask the server for its models, which costs nothing."""
    chosen, subject = settings.opinion, "second opinion"
    address = Address.of(str(chosen.url))
    headers = {"Accept": "application/json"}
    if chosen.key is not None:
        headers["Authorization"] = f"Bearer {chosen.key.get_secret_value()}"
    try:
        status, body = Line(address, OPINION_SECONDS).models(headers)
    except (OSError, http.client.HTTPException) as error:
        told = f"{address.place} does not answer ({type(error).__name__})"
        return problem(subject, told, "Start that server, or correct COACH_OPINION__URL.")
    if status in REFUSED:
        told = f"{address.place} does not take the key"
        return problem(subject, told, "Set COACH_OPINION__KEY to a key of that server.")
    if status in NOT_OFFERED:
        return fine(subject, f"{address.place} answers; it does not say which models it has")
    if status != http.client.OK:
        told = f"{address.place} answers with HTTP status {status}"
        return warning(subject, told, "See what that server logs.")
    if chosen.model not in _named(body):
        told = f"{address.place} does not list the model {chosen.model}"
        return warning(subject, told, "Set COACH_OPINION__MODEL to a model that the server has.")
    return fine(subject, f"{address.place} has {chosen.model}")


def _named(body: bytes) -> set[str]:
    """Return the names of the models in a list as OpenAI's interface gives it."""
    try:
        listed = json.loads(body)["data"]
        return {str(each["id"]) for each in listed}
    except (ValueError, KeyError, TypeError):
        return set()
