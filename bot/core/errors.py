"""What any feature can refuse, and what only an operator can mend."""

from abc import abstractmethod
from dataclasses import dataclass

from bot.core.reply import Choice
from bot.core.safe_text import one_line
from bot.core.words.phrases import listed, shortened


class CoachError(Exception):
    """Base of everything that is answered with a sentence instead of a stack trace."""

    choices: tuple[Choice, ...] = ()
    """What the person can do about it, where there are buttons."""

    @property
    @abstractmethod
    def sentence(self) -> str:
        """What the person is told, on one line: what is wrong, and what to do about it."""


@dataclass(eq=False)
class UsageError(CoachError):
    """What was typed behind a command cannot be read; `told` says what can be typed."""

    words: str
    told: str

    @property
    def sentence(self) -> str:
        return self.told


class OperatorError(CoachError):
    """What only those who run the coach can do something about."""


@dataclass(eq=False)
class NothingToRun(OperatorError):
    """No platform is configured, so there is nobody to serve; `ways` say what configures each."""

    ways: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        ways = f" Set {', or '.join(self.ways)}, in the environment or in a .env file."
        how = ways if self.ways else ""
        return f"No platform is configured.{how} To practise alone, use coach chat."


@dataclass(eq=False)
class SettingUnusable(OperatorError):
    """A setting has a value that cannot be used; `told` says why, without a full stop."""

    name: str
    told: str

    @property
    def sentence(self) -> str:
        return f"The setting {self.name} does not fit: {self.told}."


@dataclass(eq=False)
class PlatformRefused(OperatorError):
    """A platform does not let the coach in; `remedy` is a sentence about what to do."""

    platform: str
    reason: str
    remedy: str

    @property
    def sentence(self) -> str:
        return f"{self.platform} refused: {self.reason}. {self.remedy}"


class PlatformAway(PlatformRefused):
    """A platform cannot be reached now, and may be later."""

    @property
    def sentence(self) -> str:
        return f"{self.platform} cannot be reached: {self.reason}. {self.remedy}"


@dataclass(eq=False)
class Undeliverable(CoachError):
    """A platform did not take a message; nothing changes that while it is `permanent`."""

    reason: str
    permanent: bool = False

    @property
    def sentence(self) -> str:
        return f"The message was not delivered: {self.reason}."


@dataclass(eq=False)
class StorageError(OperatorError):
    """The database cannot be used; nothing was changed."""

    path: str
    reason: str = ""

    @property
    def sentence(self) -> str:
        return f"The database {self.path} cannot be used. {self.reason or 'Nothing was changed.'}"


class DatabaseLocked(StorageError):
    """Another program held the database for longer than the busy timeout."""

    @property
    def sentence(self) -> str:
        return (
            f"The database {self.path} is in use by another program that does not let go. "
            "Nothing was changed: close the other program or try again in a moment."
        )


class DatabaseReadOnly(StorageError):
    """The database file or its folder may not be written."""

    @property
    def sentence(self) -> str:
        return (
            f"The database {self.path} may not be written. Give yourself write permission for the "
            "file and its folder, or choose another place with --home."
        )


class DatabaseFull(StorageError):
    """The disk or a quota is exhausted."""

    @property
    def sentence(self) -> str:
        return (
            f"There is no space left for the database {self.path}. Free some disk space and try "
            "again; what was stored before is unharmed."
        )


class DatabaseCorrupt(StorageError):
    """The file is no SQLite database, or a damaged one."""

    @property
    def sentence(self) -> str:
        return (
            f"The file {self.path} is not a readable coach database. It was left as it is: move it "
            "away and restore a copy from the backups folder beside it, or start a new one."
        )


class SchemaMismatch(StorageError):
    """The database was written by a newer version of the coach."""

    @property
    def sentence(self) -> str:
        return (
            f"The database {self.path} was written by a newer version of the coach. Nothing was "
            "changed: upgrade the coach, or choose another place with --home."
        )


class SettingRejected(CoachError):
    """A setting keeps its former value."""


@dataclass(eq=False)
class UnknownZone(SettingRejected):
    """No time zone has this name, or several cities do; `nearest` are names of zones."""

    words: str
    nearest: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        words = shortened(self.words)
        near = f" The nearest I know: {listed(self.nearest, 'or')}." if self.nearest else ""
        return (
            f"I know no time zone {words!r}, or more than one.{near} Name a zone such as "
            "Europe/Berlin, or a large city in it."
        )


class OnlyInCommunity(CoachError):
    """It concerns a community, and was asked in private."""

    sentence = "That only works in a study channel. Try it there."


class HostsOnly(CoachError):
    """It is for those who may manage the community."""

    sentence = "That's for the hosts of this community. Ask one of them to do it for you."


@dataclass(eq=False)
class FileNotWritten(CoachError):
    """What was asked for could not be written to this file; any other name may do."""

    path: str
    reason: str

    @property
    def sentence(self) -> str:
        return (
            f"I could not write {one_line(self.path)}: {self.reason}. Name another file behind "
            "the command."
        )


@dataclass(eq=False)
class FileNotRead(CoachError):
    """What was sent could not be read from this file."""

    path: str
    reason: str

    @property
    def sentence(self) -> str:
        return f"I could not read {one_line(self.path)}: {self.reason}. Name another file."


class QuestionGone(CoachError):
    """The question is not in the bank any more."""

    sentence = (
        "The question, or its point, is not in the bank any more, so that nothing can be accepted "
        "for it. Decline the appeal, with a reason if you like."
    )


@dataclass(eq=False)
class AnswerRejected(CoachError):
    """The answer was not taken; `text` is what the learner wrote."""

    text: str


class DeliveredBefore(CoachError):
    """The platform delivered this answer before, and it is stored."""

    sentence = "I already have that answer, and its grade is on the way."


@dataclass(eq=False)
class GradingUnavailable(CoachError):
    """The answer is saved, but cannot be graded now."""

    reason: str

    @property
    def sentence(self) -> str:
        return (
            f"I can't grade right now ({self.reason}). If you sent an answer, it's saved and will "
            f"be graded as soon as I can."
        )


class GradingBusy(GradingUnavailable):
    """The answer is saved, and graded by `grade_pending` as soon as others are through."""

    sentence = (
        "I'm grading a lot of answers right now. If you sent one, it's saved and its grade will "
        "follow; if you asked for a question, try again in a moment."
    )


class GraderAway(GradingUnavailable):
    """The answer is saved, and graded by `grade_pending`; no other one can be graded now."""


@dataclass(eq=False)
class PictureUnavailable(CoachError):
    """A picture could not be drawn; its figures are safe and can be told in words."""

    reason: str

    @property
    def sentence(self) -> str:
        return f"I cannot draw at the moment ({self.reason}). The same figures are in the text."


class PainterBusy(PictureUnavailable):
    """Too many pictures are being drawn; the same order may succeed in a moment."""

    sentence = (
        "I am drawing many pictures at once. The same figures are in the text; ask again in a "
        "moment for yours."
    )
