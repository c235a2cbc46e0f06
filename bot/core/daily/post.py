"""A channel's daily question: what its hosts chose, and what has become of each day. Pure.

A post goes pending → sent → closed; a day without one is skipped (nobody was there to post) or
failed (the platform did not take it). Each step is claimed in the database for a while before it is
taken, so that of several programs one takes it, and is noted afterwards. Who dies between the two
leaves the claim to expire; whoever comes next looks for the marker first.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

LEASE = timedelta(minutes=3)
"""A claimed step belongs to its program for so long: several times what a platform may take."""

RETRY_AFTER = (30, 60, 120, 300, 600)
"""Seconds until a failed step is tried again, by the number of failures; the last for ever."""


MOST_THREAD_TRIES = 5
"""A discussion that cannot be opened is given up; the question stands without."""

MOST_REFUSALS = 12
"""So often a thread that is refused is asked for, in an hour and a half: a host who hears
of the permission that is missing can grant it."""

CLOSE_WITHIN = timedelta(days=1)
"""Results that could not be posted for so long are news no more; /daily still tells them."""

COUNT_EVERY = timedelta(seconds=30)
"""A message is edited no more often to say how many have answered."""


class PostState(StrEnum):
    """What has become of a day."""

    PENDING = "pending"
    SENT = "sent"
    CLOSED = "closed"
    SKIPPED = "skipped"
    FAILED = "failed"


class Thread(StrEnum):
    """Whether the discussion of a question is open."""

    NONE = "none"
    WANTED = "wanted"
    OPEN = "open"


class Step(StrEnum):
    """What is to be done next for a post."""

    SEND = "send"
    GIVE_UP = "give up"
    THREAD = "thread"
    ADMIT = "admit"
    COUNT = "count"
    CLOSE = "close"


@dataclass(frozen=True)
class DailyPost:
    """One channel's question of one local date.

    Attributes:
        id: 0 until it is stored.
        question_id: None for a skipped day.
        send_by: from then on it is too late to post.
        weight: what the difficulty makes of a score, as it was when the question was chosen.
        late: whether it is posted after its time.
        private: whether the discussion is only for those who have answered.
        discussion_id: the platform's, once a private one is open.
        message_id: the platform's, once it is sent.
        shown: how many answers the message tells of, as last edited at `shown_at`.
        tries: failures of the step at hand; the next try is at `next_try_at`.
        reason: why it was skipped or failed, or what failed last.
        claimed_by: the program that works on it until `claimed_until`.
    """

    id: int
    channel_id: int
    day: date
    question_id: str | None
    state: PostState
    due_at: datetime
    send_by: datetime
    closes_at: datetime
    weight: float = 1.0
    late: bool = False
    thread: Thread = Thread.NONE
    private: bool = False
    discussion_id: str = ""
    message_id: str = ""
    shown: int = 0
    shown_at: datetime | None = None
    tries: int = 0
    next_try_at: datetime | None = None
    reason: str = ""
    claimed_by: str = ""
    claimed_until: datetime | None = None

    @property
    def marker(self) -> str:
        """The text by which the platform's message is found again."""
        return f"daily-{self.id}-{self.day:%Y%m%d}"

    @property
    def results_marker(self) -> str:
        """The same for the message with the results."""
        return f"results-{self.id}-{self.day:%Y%m%d}"

    @property
    def discussion_marker(self) -> str:
        """The same for the first message of a private discussion."""
        return f"discussion-{self.id}-{self.day:%Y%m%d}"

    @property
    def opens_to_answers(self) -> bool:
        """Whether those who answer are let into a discussion."""
        return self.private and self.thread is not Thread.NONE


def next_step(post: DailyPost, answered: int, now: datetime, *, waits: bool = False) -> Step | None:
    """Return what to do for a post now; None while there is nothing, or somebody is at it.

    Args:
        post: as it is stored.
        answered: how many learners have answered it.
        now: an aware moment.
        waits: whether somebody is to be let into its discussion.
    """
    if _is_claimed(post, now) or _is_waiting(post, now):
        return None
    if post.state is PostState.PENDING:
        return Step.SEND if now < post.send_by else Step.GIVE_UP
    return _next_of_sent(post, answered, now, waits=waits) if post.state is PostState.SENT else None


def _next_of_sent(post: DailyPost, answered: int, now: datetime, *, waits: bool) -> Step | None:
    is_over = now >= post.closes_at
    admits = post.private and post.thread is Thread.OPEN and waits
    if admits and not (is_over and post.tries):  # what fails then does not hold up the results
        return Step.ADMIT
    if is_over:
        return Step.CLOSE
    if post.thread is Thread.WANTED:
        return Step.THREAD
    rested = post.shown_at is None or abs(now - post.shown_at) >= COUNT_EVERY
    return Step.COUNT if answered != post.shown and rested else None


def _is_claimed(post: DailyPost, now: datetime) -> bool:
    # A claim that reaches further ahead than any was made by a clock that has been set back.
    return post.claimed_until is not None and now < post.claimed_until <= now + LEASE


def _is_waiting(post: DailyPost, now: datetime) -> bool:
    longest = timedelta(seconds=RETRY_AFTER[-1])
    return post.next_try_at is not None and now < post.next_try_at <= now + longest


def claimed(post: DailyPost, by: str, now: datetime) -> DailyPost:
    """Return the post as claimed by a program."""
    return replace(post, claimed_by=by, claimed_until=now + LEASE)


def released(post: DailyPost) -> DailyPost:
    """Return the post as nobody's, its step done."""
    return replace(post, claimed_by="", claimed_until=None, tries=0, next_try_at=None)


def failed_once(post: DailyPost, reason: str, now: datetime) -> DailyPost:
    """Return the post as nobody's, to be tried again after a while."""
    wait = RETRY_AFTER[min(post.tries, len(RETRY_AFTER) - 1)]
    return replace(
        post,
        claimed_by="",
        claimed_until=None,
        tries=post.tries + 1,
        next_try_at=now + timedelta(seconds=wait),
        reason=reason,
    )


def was_begun(post: DailyPost) -> bool:
    """Whether an earlier try may have reached the platform, so that its message is looked for."""
    return post.tries > 0 or post.claimed_by != ""


def sent(post: DailyPost, message_id: str, now: datetime) -> DailyPost:
    """Return the post as it stands in its channel."""
    return replace(
        released(post), state=PostState.SENT, message_id=message_id, shown_at=now, reason=""
    )


def closed(post: DailyPost, reason: str = "") -> DailyPost:
    """Return the post as closed; a reason says why its results were not posted."""
    return replace(released(post), state=PostState.CLOSED, reason=reason)


def failed(post: DailyPost, reason: str) -> DailyPost:
    """Return the post as one that its channel never got."""
    return replace(released(post), state=PostState.FAILED, reason=reason)


def skipped(post: DailyPost, reason: str) -> DailyPost:
    """Return the post as one that was not to be sent any more; its question is still to come."""
    return replace(released(post), state=PostState.SKIPPED, question_id=None, reason=reason)
