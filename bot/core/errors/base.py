"""What any feature can refuse, and what only an operator can mend."""

from dataclasses import dataclass

from knowledge.errors import Fault


class CoachError(Exception):
    """Base of everything that is answered with a sentence instead of a stack trace."""


class NothingToRun(CoachError):
    """No platform is configured, so there is nobody to serve."""


@dataclass(eq=False)
class PlatformRefused(CoachError):
    """A platform does not let the coach in; `remedy` is a sentence about what to do."""

    platform: str
    reason: str
    remedy: str


@dataclass(eq=False)
class TranslationsRejected(CoachError):
    """Files with translations of commands cannot be used; carries every fault of every file."""

    faults: tuple[Fault, ...]


@dataclass(eq=False)
class Undeliverable(CoachError):
    """A platform did not take a message; nothing changes that while it is `permanent`."""

    reason: str
    permanent: bool = False


@dataclass(eq=False)
class StorageError(CoachError):
    """The database cannot be used; nothing was changed."""

    path: str
    reason: str = ""


class DatabaseLocked(StorageError):
    """Another program held the database for longer than the busy timeout."""


class DatabaseReadOnly(StorageError):
    """The database file or its folder may not be written."""


class DatabaseFull(StorageError):
    """The disk or a quota is exhausted."""


class DatabaseCorrupt(StorageError):
    """The file is no SQLite database, or a damaged one."""


class SchemaMismatch(StorageError):
    """The database was written by a newer version of the coach."""


class SettingRejected(CoachError):
    """A setting keeps its former value."""


@dataclass(eq=False)
class UnknownZone(SettingRejected):
    """No time zone has this name, or several cities do; `nearest` are names of zones."""

    words: str
    nearest: tuple[str, ...] = ()


@dataclass(eq=False)
class OutOfRange(SettingRejected):
    """A number is not between `least` and `most`; `setting` is the name of its field."""

    setting: str
    value: int
    least: int
    most: int


class OnlyInCommunity(CoachError):
    """It concerns a community, and was asked in private."""


class HostsOnly(CoachError):
    """It is for those who may manage the community."""


@dataclass(eq=False)
class FileNotWritten(CoachError):
    """What was asked for could not be written to this file; any other name may do."""

    path: str
    reason: str


@dataclass(eq=False)
class FileNotRead(CoachError):
    """What was sent could not be read from this file."""

    path: str
    reason: str


class QuestionGone(CoachError):
    """The question is not in the bank any more."""


@dataclass(eq=False)
class AnswerRejected(CoachError):
    """The answer was not taken; `text` is what the learner wrote."""

    text: str


class DeliveredBefore(CoachError):
    """The platform delivered this answer before, and it is stored."""


@dataclass(eq=False)
class GradingUnavailable(CoachError):
    """The answer is saved, but cannot be graded now."""

    reason: str


class GradingBusy(GradingUnavailable):
    """The answer is saved, and graded by `grade_pending` as soon as others are through."""


@dataclass(eq=False)
class PictureUnavailable(CoachError):
    """A picture could not be drawn; its figures are safe and can be told in words."""

    reason: str


class PainterBusy(PictureUnavailable):
    """Too many pictures are being drawn; the same order may succeed in a moment."""
