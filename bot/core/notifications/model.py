"""What a learner is told when something of theirs changed while they were not there.

A notice keeps what happened, not how it is said: `words.notice` makes the message when it is
shown. Its words come from the knowledge base or from people and are cut to a bounded length, so
that a notice stays readable after its question has gone.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.core.accounts.model import PlatformUser
from bot.core.reply import Reply
from bot.core.safe_text import one_line
from grading.grade import Band

MOST_QUOTED: Final = 240
"""Characters of a text inside a notice: a whole question of the bank, with room to spare."""

Quoted = Annotated[str, BeforeValidator(lambda text: one_line(text, MOST_QUOTED))]
"""Somebody's words, on one line and no longer than MOST_QUOTED."""

Share = Annotated[float, Field(ge=0, le=1)]


class _News(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FlagHandled(_News):
    """A host has looked at what the learner flagged."""

    kind: Literal["flag_handled"] = "flag_handled"
    question: Quoted


class AppealAccepted(_News):
    """The learner's sentence counts as a wording of the point; `point` is its hint."""

    kind: Literal["appeal_accepted"] = "appeal_accepted"
    question: Quoted
    point: Quoted


class AppealDeclined(_News):
    """The learner's sentence does not make the point; `reason` may be empty."""

    kind: Literal["appeal_declined"] = "appeal_declined"
    question: Quoted
    point: Quoted
    reason: Quoted = ""


class ScoreRaised(_News):
    """An answer of the learner was graded again; `answered_on` is their local day."""

    kind: Literal["score_raised"] = "score_raised"
    question: Quoted
    answered_on: date
    before: Share
    after: Share


class SuggestionAccepted(_News):
    """A question that the learner suggested is asked in the community."""

    kind: Literal["suggestion_accepted"] = "suggestion_accepted"
    question: Quoted


class SuggestionDeclined(_News):
    """A question that the learner suggested is not asked."""

    kind: Literal["suggestion_declined"] = "suggestion_declined"
    question: Quoted


class GradedLate(_News):
    """An answer has its grade, which could not be shown when it was due."""

    kind: Literal["graded_late"] = "graded_late"
    question: Quoted
    answered_on: date
    score: Share
    band: Band
    attempt_id: int


class DailyPaused(_News):
    """The daily question of a channel that the learner set up was paused, and why."""

    kind: Literal["daily_paused"] = "daily_paused"
    channel: Quoted
    reason: Quoted


class ChannelGone(_News):
    """A channel in which the learner set up a daily question is gone."""

    kind: Literal["channel_gone"] = "channel_gone"
    channel: Quoted


class HostsChannelShut(_News):
    """What waits for hosts cannot be brought to the channel that they chose, and why."""

    kind: Literal["hosts_channel_shut"] = "hosts_channel_shut"
    reason: Quoted


class DiscussionNotOpened(_News):
    """The discussion of a channel that the learner set up could not be opened, and why.

    A `private` one was promised to those who answer.
    """

    kind: Literal["discussion_not_opened"] = "discussion_not_opened"
    channel: Quoted
    reason: Quoted
    private: bool = True


class ResultsNotPosted(_News):
    """The results of a question in a channel that the learner set up could not be posted."""

    kind: Literal["results_not_posted"] = "results_not_posted"
    channel: Quoted
    reason: Quoted


class QuestionsRunOut(_News):
    """A channel that the learner set up will soon have had every question."""

    kind: Literal["questions_run_out"] = "questions_run_out"
    channel: Quoted
    left: Annotated[int, Field(ge=0)]


class RoleNotMoved(_News):
    """The role that the learner chose for champions could not be given or taken, and why."""

    kind: Literal["role_not_moved"] = "role_not_moved"
    reason: Quoted


class ReviewsDue(_News):
    """Some questions are to be reviewed on a local day of the learner."""

    kind: Literal["reviews_due"] = "reviews_due"
    count: Annotated[int, Field(ge=1)]
    on: date


News = Annotated[
    FlagHandled
    | AppealAccepted
    | AppealDeclined
    | ScoreRaised
    | DailyPaused
    | ChannelGone
    | HostsChannelShut
    | DiscussionNotOpened
    | ResultsNotPosted
    | QuestionsRunOut
    | RoleNotMoved
    | SuggestionAccepted
    | SuggestionDeclined
    | GradedLate
    | ReviewsDue,
    Field(discriminator="kind"),
]
"""What can have happened. A new kind needs a class here and its sentence in `words`."""


FOR_HOSTS: Final = (
    DailyPaused,
    ChannelGone,
    DiscussionNotOpened,
    ResultsNotPosted,
    QuestionsRunOut,
    RoleNotMoved,
)
"""What concerns all hosts of a community, and not only the one who set something up."""


@dataclass(frozen=True)
class Notice:
    """News for one learner, from a community where it concerns one."""

    id: int
    learner_id: int
    news: News
    created_at: datetime
    community_id: int | None = None
    delivered_at: datetime | None = None


class Portion(NamedTuple):
    """How many notices are taken at once, and how many of them in one community."""

    most: int
    of_a_community: int


@dataclass(frozen=True)
class Addressed:
    """A notice with the account that it is for; `community` is where a platform knows them.

    Both are in the ids of the platform. The community is empty where the news come from none.
    """

    notice: Notice
    user: PlatformUser
    community: str = ""
    hosts_channel: str = ""


@dataclass(frozen=True)
class Delivery:
    """A message to send to a person; afterwards, `Notices.delivered` takes the id.

    What concerns all hosts of the community goes to their channel instead, where `hosts_channel`
    names one.
    """

    id: int
    user: PlatformUser
    community: str
    message: Reply
    hosts_channel: str = ""
