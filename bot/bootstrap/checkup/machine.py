"""The machine: Python, disk, files that others can read, time zones."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.core.checkup import Finding, fine, problem, warning
from bot.core.errors import StorageError
from bot.settings import Settings

OLDEST, NEWEST = (3, 11), (3, 13)
"""The versions of Python that the coach is tried with, as pyproject.toml says."""

LEAST_FREE, PLENTY = 200_000_000, 1_000_000_000
"""In bytes: computed vectors take some 80 MB, a copy before an upgrade as much as the database."""

OTHERS = 0o077
"""The bits of a mode by which others than the owner may do something."""

MOST_NAMED = 3

A_ZONE = "Europe/Berlin"


def python(running: tuple[int, ...] = sys.version_info[:3]) -> Iterator[Finding]:
    """Look at the version of Python."""
    told = ".".join(map(str, running))
    if OLDEST <= running[:2] <= NEWEST:
        yield fine("Python", told)
        return
    between = f"{'.'.join(map(str, OLDEST))} to {'.'.join(map(str, NEWEST))}"
    yield problem("Python", told, f"Install the coach with Python {between}.")


def disk(settings: Settings, free_at: Callable[[Path], int] | None = None) -> Iterator[Finding]:
    """Look at the space that is left where the coach stores: in its home, and a file elsewhere."""
    free_at = free_at or (lambda path: shutil.disk_usage(path).free)
    places = {settings.home: "a home on another disk with COACH_HOME"}
    if (elsewhere := _database_elsewhere(settings)) is not None:
        places[elsewhere] = "another disk for the database with COACH_DATABASE"
    for place, other in places.items():
        free = free_at(_nearest(place))
        subject = "disk" if place == settings.home else "disk of the database"
        told = f"{free / 1e9:.1f} GB free for {place}"
        remedy = f"Free some space, or choose {other}."
        if free < LEAST_FREE:
            yield problem(subject, told, remedy)
        elif free < PLENTY:
            yield warning(subject, told, remedy)
        else:
            yield fine(subject, told)


def _database_elsewhere(settings: Settings) -> Path | None:
    """Return the folder of an SQLite file that lies outside of the home."""
    from bot.storage.engine import is_file, sqlite_file

    try:
        if settings.database is None or not is_file(settings.database_url):
            return None
        folder = sqlite_file(settings.database_url).absolute().parent
    except StorageError:  # its own look tells
        return None
    return None if folder.is_relative_to(settings.home) else folder


def zones(find: Callable[[str], object] = ZoneInfo) -> Iterator[Finding]:
    """Look whether time zones are known, by which daily questions come."""
    try:
        find(A_ZONE)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        yield problem("time zones", "no data", "Install the package tzdata beside the coach.")
        return
    yield fine("time zones", f"{len(available_timezones())} known, tzdata {version('tzdata')}")


def home(settings: Settings) -> Iterator[Finding]:
    """Look whether the home is there, can be written, and is its owner's alone."""
    folder = settings.home
    try:
        yield from _home(folder, settings.vectors)
    except OSError as error:
        told = f"{folder} cannot be looked at ({error.strerror})"
        yield problem("home", told, "Let the account that runs the coach read and write it.")
    dotenv = Path(".env")
    if dotenv.is_file() and dotenv.stat().st_mode & OTHERS:
        yield warning(".env", "others can read it", "Keep it to yourself: chmod 600 .env")


def _home(folder: Path, vectors: Path) -> Iterator[Finding]:
    if not folder.exists():
        yield from _to_come(folder)
    elif not folder.is_dir():
        yield problem("home", f"{folder} is no folder", "Choose a folder with COACH_HOME.")
    elif not _writable(folder):
        remedy = "Give the account that runs the coach write permission there."
        yield problem("home", f"{folder} may not be written", remedy)
    elif open_to_others := list(_open_to_others(folder, vectors)):
        first = ", ".join(open_to_others[:MOST_NAMED])
        more = len(open_to_others) - MOST_NAMED
        told = f"{folder}: others can read {first}{f' and {more} more' if more > 0 else ''}"
        yield warning("home", told, f"Keep it to its owner: chmod -R go= {folder}")
    else:
        yield fine("home", f"{folder} is its owner's alone")


def _to_come(folder: Path) -> Iterator[Finding]:
    if _writable(_nearest(folder)):
        yield fine("home", f"{folder} is made by the first start")
        return
    remedy = "Make it for the account that runs the coach, or choose another with COACH_HOME."
    yield problem("home", f"{folder} cannot be made", remedy)


def _open_to_others(folder: Path, vectors: Path) -> Iterator[str]:
    """Give the files that others can read, by name; vectors of questions are nobody's secret."""
    for file in sorted(folder.iterdir()):
        if not folder.stat().st_mode & OTHERS or file == vectors:
            continue
        if file.is_dir():
            yield from (f"{file.name}/{inner}" for inner in _open_to_others(file, vectors))
        elif file.stat().st_mode & OTHERS:
            yield file.name


def _writable(folder: Path) -> bool:
    """Whether a file can be made in a folder: permissions alone do not tell on a read-only disk."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _nearest(path: Path) -> Path:
    """Return the folder itself, or the nearest one above it that is there."""
    return next(each for each in (path, *path.parents) if each.exists())
