"""The looks of `coach doctor`, in the order in which an installation is put right."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel, SecretStr

from bot.bootstrap.checkup import grading, machine
from bot.bootstrap.checkup.looking import Examination
from bot.bootstrap.once import once
from bot.bootstrap.platforms import registered
from bot.bootstrap.storage import storage_of
from bot.clock import SystemClock
from bot.core.checkup import Finding, Look, Standing, Waiting, fine, warning
from bot.core.errors import StorageError
from bot.core.ports import Clock
from bot.core.words.captions import duration
from bot.core.words.phrases import counted
from bot.platforms.registration import Registration, Situation
from bot.settings import Settings
from knowledge.loader import load_bank

QUICK, NETWORK, LONG = 15.0, 60.0, 120.0
"""Seconds for a look at this machine, over a network, and for loading a model or reading a database
of a gigabyte from end to end."""

PATIENCE = timedelta(minutes=10)
"""What waits for longer is stuck: grades take seconds, and posts are tried every half minute."""

SEE_LOG = "Let coach run serve; if it does, see its log for what fails."


def examination_of(settings: Settings, clock: Clock | None = None) -> Examination:
    """Return what looks at an installation."""
    return Examination(looks_of(settings, clock or SystemClock()), secrets_in(settings))


def looks_of(settings: Settings, clock: Clock) -> tuple[Look, ...]:
    """Return the looks at an installation."""
    standing = once(lambda: _standing(settings, clock))
    bank = once(lambda: load_bank(settings.knowledge))

    def database() -> Iterator[Finding]:
        from bot.storage.checkup import examine

        return examine(settings.database_url, settings.busy_seconds)

    def looking_at(platform: Registration) -> Callable[[], Iterator[Finding]]:
        return lambda: _platform(platform, _situation(settings, clock, standing()))

    return (
        Look("Python", machine.python, QUICK),
        Look("disk", lambda: machine.disk(settings), QUICK),
        Look("home", lambda: machine.home(settings), QUICK),
        Look("time zones", machine.zones, QUICK),
        Look("database", database, LONG),
        Look("waiting", lambda: _waiting(standing(), clock.now()), QUICK),
        Look("questions", lambda: grading.bank(bank), QUICK),
        Look("vectors", lambda: grading.vectors(settings, bank), LONG),
        Look("model", lambda: grading.model(settings), LONG),
        Look("grader", lambda: grading.grader(settings), LONG),
        Look("grading cluster", lambda: grading.cluster(settings), LONG),
        Look("second opinion", lambda: grading.opinion(settings), LONG),
        *(Look(each.name.title(), looking_at(each), NETWORK) for each in registered()),
    )


def secrets_in(section: BaseModel) -> tuple[str, ...]:
    """Return every secret of the settings, which nothing that is shown may hold."""
    found: list[str] = []
    for _, value in section:
        if isinstance(value, SecretStr) and value.get_secret_value():
            found.append(value.get_secret_value())
        elif isinstance(value, BaseModel):
            found += secrets_in(value)
    return tuple(found)


def _standing(settings: Settings, clock: Clock) -> Standing | None:
    """Return what the database says; None where it cannot be used, which its own look tells."""
    from bot.storage.checkup import standing_of

    try:
        return standing_of(settings.database_url, settings.busy_seconds, clock.now())
    except StorageError:
        return None


def _situation(settings: Settings, clock: Clock, standing: Standing | None) -> Situation:
    if standing is None:
        return Situation(settings, clock)
    work = storage_of(settings).unit_of_work
    return Situation(settings, clock, standing.channels, work)


def _platform(platform: Registration, situation: Situation) -> Iterator[Finding]:
    found = False
    for each in platform.examine(situation):
        found = True
        yield each
    if not found and platform.settings is not None:
        yield fine(platform.name.title(), "not configured, so not served")


def _waiting(standing: Standing | None, now: datetime) -> Sequence[Finding]:
    """Look whether answers wait for their grades, or questions to be posted, for too long."""
    if standing is None:
        return ()
    return (
        _stuck("ungraded answers", "answer", standing.ungraded, now),
        _stuck("unsent posts", "post", standing.unsent, now),
    )


def _stuck(subject: str, noun: str, waiting: Waiting, now: datetime) -> Finding:
    if waiting.since is None:
        return fine(subject, "none")
    age = now - waiting.since
    told = f"{counted(waiting.count, noun)}, the oldest for {duration(round(age.total_seconds()))}"
    return warning(subject, told, SEE_LOG) if age > PATIENCE else fine(subject, told)
