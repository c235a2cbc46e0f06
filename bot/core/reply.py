"""Reply, the platform-neutral message: a short list of blocks and what can be done next.

The core says what a message *is* (a score, a quote, a key point); a platform decides how it
looks. `Quote`, the evidence of `Point`, the words of `Credit` and what `Contrast` quotes are a
learner's own words: every renderer must treat them as untrusted text, so that they neither ping
anyone nor pass for the coach's words.
"""

from dataclasses import dataclass
from enum import StrEnum

from grading.grade import Band, PointStatus


@dataclass(frozen=True)
class Heading:
    """A line that names what follows."""

    text: str


@dataclass(frozen=True)
class Choice:
    """A command that a button runs; where there are none, the text tells how to type it.

    `words` is what would be typed, without the slash; `grave` marks what cannot be undone.
    """

    label: str
    words: str
    grave: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Prose of the coach; `quiet` marks an aside, and `choices` answer what it asks.

    `typed` says what can be typed instead of them, where there are no buttons.
    """

    text: str
    quiet: bool = False
    choices: tuple[Choice, ...] = ()
    typed: str = ""

    @property
    def whole(self) -> str:
        """The text with what can be typed, for where there are no buttons."""
        return f"{self.text} {self.typed}".strip()


@dataclass(frozen=True)
class Prompt:
    """The interview question itself."""

    text: str


@dataclass(frozen=True)
class Markdown:
    """Longer teaching text from the knowledge base, in Markdown."""

    text: str


@dataclass(frozen=True)
class Quote:
    """A learner's own words."""

    text: str


@dataclass(frozen=True)
class Score:
    """A score in 0..1 with its band and the band's name in words."""

    value: float
    band: Band
    label: str


@dataclass(frozen=True)
class Point:
    """A key point's state; `evidence` is the learner's sentence, `note` the coach's remark.

    `claim` names the point where its author may say that they made it, else it is empty.
    """

    status: PointStatus
    text: str
    evidence: str | None = None
    note: str | None = None
    claim: str = ""


@dataclass(frozen=True)
class Credit:
    """A point that earned credit, in one line: its name, and what of the learner's words fits.

    `remark` is what the coach says where there are no words.
    """

    status: PointStatus
    name: str
    words: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Contrast:
    """A learner's wrong words beside what is true, to be shown as labelled lines.

    "You wrote" goes with `wrote` (None where no sentence is known), "But" with each of `truths`,
    "Why" with each of `reasons`.
    """

    wrote: str | None
    truths: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Items:
    """A list of short lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Bar:
    """One labelled row of a small chart: a share in 0..1, or None where nothing was measured."""

    label: str
    share: float | None
    note: str = ""


@dataclass(frozen=True)
class Bars:
    """A small chart."""

    rows: tuple[Bar, ...]


Block = (
    Heading
    | Paragraph
    | Prompt
    | Markdown
    | Quote
    | Score
    | Point
    | Credit
    | Contrast
    | Items
    | Bars
)


class Action(StrEnum):
    """What a learner can do next; platforms show these as buttons or commands."""

    ANSWER = "answer"
    ASK = "ask"
    HINT = "hint"
    REVEAL = "reveal"
    SKIP = "skip"
    RETRY = "retry"
    PROGRESS = "progress"
    TOPICS = "topics"


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message; `alt` is what stands in for a picture.

    The name may be a path, for people who have files on a machine of their own.
    """

    name: str
    content: bytes
    alt: str = ""

    @property
    def plain_name(self) -> str:
        """The name without what leads elsewhere."""
        plain = "".join(char for char in self.name if char.isalnum() or char in "-_. ")
        return plain.strip(" .") or "file"


@dataclass(frozen=True)
class Reply:
    """A message to one learner, or to a channel.

    `post_id` is the daily question that the message belongs to, `ask_id` the question put to this
    learner and `attempt_id` their answer, so that whoever acts on an older message can be told what
    they act on. `again` is what a platform does to make the message once more, empty where doing it
    again would change something. `brief` is what of the blocks fits a phone, where that is not all:
    then the blocks may stand behind a button, which does what is typed as `whole`.
    """

    blocks: tuple[Block, ...]
    actions: tuple[Action, ...] = ()
    question_id: str | None = None
    post_id: int | None = None
    ask_id: int | None = None
    attempt_id: int | None = None
    choices: tuple[Choice, ...] = ()
    files: tuple[Attachment, ...] = ()
    brief: tuple[Block, ...] = ()
    whole: str = ""
    again: str = ""
