"""Questions that a community brings along: a few lines suffice, and the shipped rules stay strict.

A person writes a `QuestionDraft`: what is asked, its topic, and at least three key points or a
reference answer to take them from. `OwnQuestion` is the `Question` it becomes. It may lack other
wordings, wrong versions, sources and the rest of what a shipped file must have; what is there obeys
the same limits.
"""

import hashlib
import re
import unicodedata
from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from knowledge.question import (
    FollowUp,
    KeyPoint,
    Misconception,
    PointRole,
    Question,
    QuestionKind,
    ReferenceAnswers,
    Slug,
    Source,
    Statement,
    Term,
    fold,
)

MOST_POINTS = 7
"""As many as a shipped question has at most: more do not fit into a spoken answer."""

LEAST_POINTS = 3
"""Fewer points make a score of a few steps only."""

DEFAULT_DIFFICULTY = 3
"""The middle: the first answers move the rating away from it soon enough."""

SHOWN_SHARE = 3
"""Where no hint was written, the first third of the statement is shown."""

SLUG_WORDS = 6
"""A name made of the question takes so many of its words."""

_SLUG_LENGTH = 40
_MARK_LENGTH = 5
_POINT_MARK_LENGTH = 10

_Readable = TypeVar("_Readable", bound=BaseModel)


def readable(text: str) -> str:
    """Return the text if it commands no screen: control characters are refused.

    Raises:
        ValueError: a character is neither printable nor a line break or tab.
    """
    for char in text:
        if char not in "\n\t" and unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}:
            raise ValueError(f"it contains the invisible character U+{ord(char):04X}")
        if "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069":
            raise ValueError(f"U+{ord(char):04X} turns the reading direction")
    return text


Line = Annotated[Statement, AfterValidator(readable)]
Name = Annotated[Term, AfterValidator(readable)]
Prose = Annotated[
    str,
    StringConstraints(min_length=12, max_length=4000, strip_whitespace=True),
    AfterValidator(readable),
]
LONGEST_POINT = 400
"""A sentence of a reference answer that is to be a key point is no longer than a statement."""


def _readable_inside(value: _Readable) -> _Readable:
    for text in value.model_dump().values():
        if isinstance(text, str):
            readable(text)
    return value


Lines = Annotated[tuple[Line, ...], Field(max_length=20)]
Names = Annotated[tuple[Name, ...], Field(max_length=18)]


class OwnPoint(KeyPoint):
    """A key point that may be its statement alone."""

    paraphrases: Annotated[tuple[Statement, ...], Field(max_length=20)] = ()
    plain: Annotated[tuple[Statement, ...], Field(max_length=20)] = ()
    wrong: Annotated[tuple[Statement, ...], Field(max_length=20)] = ()


class OwnAnswers(ReferenceAnswers):
    """Model answers that may be as short as the key points in a row."""

    short: Prose
    full: Prose
    plain: Prose | None = None


class OwnQuestion(Question):
    """A question of one community; its id names the topic, the community and its own name there."""

    aliases: Annotated[tuple[Term, ...], Field(max_length=20)] = ()
    reference_answers: OwnAnswers
    key_points: Annotated[
        tuple[OwnPoint, ...], Field(min_length=LEAST_POINTS, max_length=MOST_POINTS)
    ]
    follow_ups: Annotated[tuple[FollowUp, ...], Field(max_length=12)] = ()
    sources: Annotated[tuple[Source, ...], Field(max_length=12)] = ()

    @property
    def slug(self) -> str:
        """The question's name within its community."""
        found = _OWN_ID.match(self.id)
        return found["slug"] if found else super().slug


_OWN_ID = re.compile(r"^(?P<topic>[^/]+)/own-(?P<community>[1-9][0-9]{0,17})-(?P<slug>.+)$")


def own_id(topic: str, community_id: int, slug: str) -> str:
    """Return the id of a community's own question; it begins with the topic, like every id."""
    return f"{topic}/own-{community_id}-{slug}"


def community_of(question_id: object) -> int | None:
    """Return the number of the community whose own question has this id; None for shipped ones."""
    found = _OWN_ID.match(question_id) if isinstance(question_id, str) else None
    return int(found["community"]) if found else None


class _Draft(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _spelt_out(point: Any) -> Any:
    return {"statement": point} if isinstance(point, str) else point


class PointDraft(_Draft):
    """A key point as a person writes it: the statement, and whatever else they have."""

    statement: Line
    id: Slug | None = None
    role: PointRole = PointRole.ESSENTIAL
    weight: Annotated[float, Field(ge=0.5, le=5)] = 1.0
    paraphrases: Lines = ()
    plain: Lines = ()
    wrong: Lines = ()
    hint: Line | None = None


class AnswersDraft(_Draft):
    """Model answers as a person writes them: any of them."""

    short: Prose | None = None
    full: Prose | None = None
    plain: Prose | None = None


_Misconception = Annotated[Misconception, AfterValidator(_readable_inside)]
_FollowUp = Annotated[FollowUp, AfterValidator(_readable_inside)]
_Source = Annotated[Source, AfterValidator(_readable_inside)]
Points = Annotated[
    tuple[Annotated[PointDraft, BeforeValidator(_spelt_out)], ...], Field(max_length=MOST_POINTS)
]


class QuestionDraft(_Draft):
    """A question as a person writes it; everything but the prompt and the topic may be absent.

    `id` is its name in the community, by default made of the prompt.
    """

    prompt: Annotated[
        str,
        StringConstraints(min_length=12, max_length=1200, strip_whitespace=True),
        AfterValidator(readable),
    ]
    topic: Slug
    id: Annotated[Slug, Field(max_length=_SLUG_LENGTH)] | None = None
    kind: QuestionKind = QuestionKind.CONCEPT
    difficulty: Annotated[int, Field(ge=1, le=5)] = DEFAULT_DIFFICULTY
    tags: Names = ()
    aliases: Names = ()
    phrasings: Names = ()
    reference_answers: AnswersDraft = AnswersDraft()
    enough: Annotated[int, Field(ge=1)] | None = None
    key_points: Points = ()
    misconceptions: Annotated[tuple[_Misconception, ...], Field(max_length=12)] = ()
    follow_ups: Annotated[tuple[_FollowUp, ...], Field(max_length=12)] = ()
    explanation: Annotated[
        str, StringConstraints(max_length=4000, strip_whitespace=True), AfterValidator(readable)
    ] = ""
    sources: Annotated[tuple[_Source, ...], Field(max_length=12)] = ()
    author: Name = "the community"

    @model_validator(mode="after")
    def _has_points(self) -> Self:
        count = len(self.points)
        if any(len(point.statement) > LONGEST_POINT for point in self.points):
            raise ValueError(
                f"a sentence of the reference answer has more than {LONGEST_POINT} characters, too "
                "many for a key point: shorten it, or write key_points"
            )
        if len({fold(point.statement) for point in self.points}) < count:
            raise ValueError("a key point stands there twice: remove one of them")
        if LEAST_POINTS <= count <= MOST_POINTS:
            return self
        if self.key_points:
            raise ValueError(f"it has {count} key points: write {LEAST_POINTS} to {MOST_POINTS}")
        if count:
            raise ValueError(
                f"without key_points, each sentence of the reference answer is one, and it has "
                f"{count}: write {LEAST_POINTS} to {MOST_POINTS} sentences, or key_points"
            )
        raise ValueError(f"write {LEAST_POINTS} to {MOST_POINTS} key_points or a reference answer")

    @property
    def slug(self) -> str:
        """The question's name in its community."""
        return self.id or f"{slug_of(self.prompt)}-{_mark(self.prompt)}"

    @property
    def points(self) -> tuple[PointDraft, ...]:
        """The key points as written, else each sentence of the reference answer."""
        reference = self.reference_answers.full or self.reference_answers.short
        if self.key_points or reference is None:
            return self.key_points
        return tuple(PointDraft.model_construct(statement=text) for text in sentences(reference))

    def question(self, community_id: int) -> OwnQuestion:
        """Return the question of this community.

        Raises:
            ValidationError: parts of the draft disagree, such as a sentence that is right and
                wrong.
        """
        fields = self.model_dump(exclude={"id", "topic", "key_points", "reference_answers"})
        return OwnQuestion.model_validate(
            fields
            | {
                "id": own_id(self.topic, community_id, self.slug),
                "key_points": [_point(each) for each in self.points],
                "reference_answers": self._answers(),
            }
        )

    def _answers(self) -> dict[str, str | None]:
        """Return the model answers; what is missing is the other one, or the points in a row."""
        given = self.reference_answers
        in_a_row = " ".join(_closed(point.statement) for point in self.points)
        return {
            "short": given.short or given.full or in_a_row,
            "full": given.full or given.short or in_a_row,
            "plain": given.plain,
        }


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text that are long enough for a key point."""
    found = (part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", text))
    return tuple(part for part in found if len(part) >= 12)  # noqa: PLR2004 as in Statement


def slug_of(prompt: str) -> str:
    """Return a name made of the first words of a question."""
    plain = unicodedata.normalize("NFKD", prompt).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain)[:SLUG_WORDS])
    return slug[: _SLUG_LENGTH - _MARK_LENGTH - 1].strip("-") or "question"


def _mark(text: str, length: int = _MARK_LENGTH) -> str:
    """Return a few letters that tell texts apart which begin alike; the same for the same one."""
    return hashlib.sha256(fold(text).encode()).hexdigest()[:length]


def _point(draft: PointDraft) -> dict[str, Any]:
    """Return a key point; without an id it is known by its statement, wherever it stands."""
    return draft.model_dump() | {
        "id": draft.id or f"point-{_mark(draft.statement, _POINT_MARK_LENGTH)}",
        "hint": draft.hint or _beginning(draft.statement),
    }


def _beginning(statement: str) -> str:
    """Return a hint that gives the first words away."""
    words = statement.split()
    return f"Go on from here: {' '.join(words[: max(1, len(words) // SHOWN_SHARE)])} …"


def is_unnamed(point_id: str) -> bool:
    """Whether a point's id was made for it, because its author gave it none."""
    return re.fullmatch(rf"point-[0-9a-f]{{{_POINT_MARK_LENGTH}}}", point_id) is not None


def _closed(statement: str) -> str:
    return statement if statement.endswith((".", "!", "?")) else f"{statement}."
