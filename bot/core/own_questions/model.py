"""Questions that people bring along for their community: added by hosts, suggested by members."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from knowledge.own import OwnQuestion, QuestionDraft

MOST_OWN_QUESTIONS = 500
"""Own questions of a community, retired ones too: fifteen times the shipped ones, and few enough to
compare words with each."""

MOST_SUGGESTIONS_EACH = 5
"""Suggestions of one member that wait for a host, so that nobody floods the list."""

MOST_SUGGESTIONS = 100
"""Suggestions that wait in a community."""


class OwnState(StrEnum):
    """Where a question stands. Only active ones are asked; suggestions go with their author."""

    ACTIVE = "active"
    SUGGESTED = "suggested"
    RETIRED = "retired"
    DECLINED = "declined"


@dataclass(frozen=True)
class Contribution:
    """A question of a community as it was written, and what became of it.

    `author_id` is the learner who added or suggested it, None when they are gone; `decided_at` is
    when a host accepted, declined or retired it.
    """

    id: int
    community_id: int
    draft: QuestionDraft
    state: OwnState
    author_id: int | None
    created_at: datetime
    updated_at: datetime
    decided_at: datetime | None = None

    @property
    def slug(self) -> str:
        """The question's name in its community."""
        return self.draft.slug

    @property
    def question(self) -> OwnQuestion:
        """The question to ask and to grade."""
        return self.draft.question(self.community_id)
