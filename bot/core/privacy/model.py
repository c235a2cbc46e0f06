"""For how long things are kept. Values and constants, without imports of use cases."""

from dataclasses import dataclass
from typing import Final

DEPARTURE_DAYS: Final = 30
"""So long after a departure what belonged to a community is kept: who removed the coach by mistake
finds everything as it was, and nobody who left is remembered for longer than a month."""

BACKUP_DAYS: Final = 30
"""So long the copies that migrations make are kept: a fault of a new version shows within a month,
and what was deleted does not outlive its deletion for longer."""

EVENT_DAYS: Final = 14
"""So long it is known which events of a platform were handled, and which messages were sent: far
longer than any platform delivers again, or a post is looked for after an interruption."""

NOTICE_DAYS: Final = 90
"""So long what a learner was told stays in their export; after that it is of use to nobody."""


@dataclass(frozen=True)
class Terms:
    """How long things are kept, in days.

    `answer_days` is for the texts of answers, None as long as the learner stays; a community may
    choose another time for what is answered there.
    """

    answer_days: int | None = None
    backup_days: int = BACKUP_DAYS
    departure_days: int = DEPARTURE_DAYS
    event_days: int = EVENT_DAYS
    notice_days: int = NOTICE_DAYS


@dataclass(frozen=True)
class Batch:
    """What one step let go; the next begins behind `last_id`, None when nothing is left."""

    count: int
    last_id: int | None
