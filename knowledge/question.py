"""The frozen values of the knowledge base: topics, questions and their rubrics.

A question is one Markdown file; its front matter fills `Question`, its body is the
explanation, and its path below `questions/` is its id. Limits live here, on the fields; a
community's own questions (`knowledge.own`) may lack some of them, and obey the rest.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
QuestionId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")
]
Term = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Statement = Annotated[str, StringConstraints(min_length=12, max_length=400, strip_whitespace=True)]
Passage = Annotated[str, StringConstraints(min_length=40, max_length=4000, strip_whitespace=True)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Topic(_Frozen):
    """One area of the field."""

    id: Slug
    title: Term
    summary: Statement
    aliases: tuple[Term, ...] = ()


class QuestionKind(StrEnum):
    """What the question wants: an explanation, a contrast, a design, or a story of one's own."""

    CONCEPT = "concept"
    COMPARISON = "comparison"
    DESIGN = "design"
    BEHAVIOURAL = "behavioural"


class PointRole(StrEnum):
    """Whether the prompt asks for a point, or whether it is more than was asked."""

    ESSENTIAL = "essential"
    BONUS = "bonus"


class SourceKind(StrEnum):
    """Where a reader can check what the question teaches."""

    BOOK = "book"
    PAPER = "paper"
    DOCS = "docs"
    ARTICLE = "article"


class Source(_Frozen):
    """A book, a paper or official documentation that supports the reference answer."""

    kind: SourceKind
    title: Annotated[str, StringConstraints(min_length=4, max_length=300)]
    by: Annotated[str, StringConstraints(min_length=2, max_length=200)]
    year: Annotated[int, Field(ge=1600, le=2100)]


class KeyPoint(_Frozen):
    """One thing a good answer says, with ways of saying it right and ways of getting it wrong.

    `paraphrases` use the field's words, `plain` everyday words, and `wrong` holds versions of
    the point that are negated, reversed, misattributed or half true. `accepted` are learners' own
    sentences that somebody judged to make the point.
    """

    id: Slug
    role: PointRole = PointRole.ESSENTIAL
    weight: Annotated[float, Field(ge=0.5, le=5)]
    statement: Statement
    paraphrases: Annotated[tuple[Statement, ...], Field(min_length=2, max_length=20)]
    plain: Annotated[tuple[Statement, ...], Field(min_length=1, max_length=20)]
    wrong: Annotated[tuple[Statement, ...], Field(min_length=2, max_length=20)]
    accepted: Annotated[tuple[Statement, ...], Field(max_length=40)] = ()
    hint: Statement

    @property
    def right(self) -> tuple[str, ...]:
        """Every accepted wording, the statement first and what learners said last."""
        return (self.statement, *self.paraphrases, *self.plain, *self.accepted)


class Misconception(_Frozen):
    """A typical wrong claim about the whole question, and what is true instead."""

    claim: Statement
    correction: Statement


class FollowUp(_Frozen):
    """A question an interviewer asks next; `point` names the key point it digs into, if one."""

    ask: Statement
    point: Slug | None = None


class ReferenceAnswers(_Frozen):
    """Model answers: a short one, a full one, and one in plain words where it helps."""

    short: Passage
    full: Passage
    plain: Passage | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Every reference answer, the shortest kind first."""
        return tuple(text for text in (self.short, self.full, self.plain) if text)


class Question(_Frozen):
    """An interview question with everything needed to grade an answer and to teach from it.

    Essential points make the score; `enough`, if given, says how many of them make an answer
    complete, for questions that ask for some of many. `aliases` are names; `phrasings` are what
    people type who look for the question and do not know its name.
    """

    id: QuestionId
    prompt: Annotated[str, StringConstraints(min_length=12, max_length=1200)]
    kind: QuestionKind
    difficulty: Annotated[int, Field(ge=1, le=5)]
    tags: Annotated[tuple[Term, ...], Field(max_length=20)] = ()
    aliases: Annotated[tuple[Term, ...], Field(min_length=1, max_length=20)]
    phrasings: Annotated[tuple[Term, ...], Field(max_length=20)] = ()
    reference_answers: ReferenceAnswers
    enough: Annotated[int, Field(ge=1)] | None = None
    key_points: Annotated[tuple[KeyPoint, ...], Field(min_length=3, max_length=7)]
    misconceptions: Annotated[tuple[Misconception, ...], Field(max_length=12)] = ()
    follow_ups: Annotated[tuple[FollowUp, ...], Field(min_length=1, max_length=12)]
    explanation: Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)] = ""
    sources: Annotated[tuple[Source, ...], Field(min_length=1, max_length=12)]
    author: Term

    @property
    def topic(self) -> str:
        """The id of the topic: the folder the question lives in."""
        return self.id.partition("/")[0]

    @property
    def slug(self) -> str:
        """The question's name within its topic."""
        return self.id.partition("/")[2]

    @property
    def essential(self) -> tuple[KeyPoint, ...]:
        """The points that the prompt asks for, one at least."""
        return tuple(p for p in self.key_points if p.role is PointRole.ESSENTIAL)

    def point(self, point_id: str) -> KeyPoint:
        """Return the key point with this id.

        Raises:
            KeyError: the question has no such point.
        """
        for point in self.key_points:
            if point.id == point_id:
                return point
        raise KeyError(point_id)

    @model_validator(mode="after")
    def _points_agree(self) -> Self:
        ids = [point.id for point in self.key_points]
        for point_id in ids:
            if ids.count(point_id) > 1:
                raise ValueError(f"two key points share the id {point_id!r}")
        if len(self.essential) < (self.enough or 1):
            raise ValueError(f"{self.enough or 1} essential points are wanted: mark fewer as bonus")
        for follow_up in self.follow_ups:
            if follow_up.point is not None and follow_up.point not in ids:
                raise ValueError(f"a follow-up names the unknown key point {follow_up.point!r}")
        right = {fold(text) for point in self.key_points for text in point.right}
        wrong = [text for point in self.key_points for text in point.wrong]
        wrong += [misconception.claim for misconception in self.misconceptions]
        for text in wrong:
            if fold(text) in right:
                raise ValueError(f"the same sentence is both right and wrong: {text!r}")
        return self


def fold(text: str) -> str:
    """Return the text in lower case with single spaces, for comparing names and sentences."""
    return " ".join(text.casefold().split())
