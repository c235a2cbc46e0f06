"""What hosts did in a community: each act with who did it, to what, when and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

MOST_DETAIL: Final = 300
"""Characters of a reason that are kept; more belongs into a conversation."""

PAGE_SIZE: Final = 10


@dataclass(frozen=True)
class AuditEntry:
    """One act of a host.

    Attributes:
        act: a short word such as "exclude"; the wording has a phrase for it.
        subject: what it was done to, such as "answer 12"; empty where it is a person.
        detail: the reason, in the host's own words.
        actor_id: the host; None when their record is gone.
        actor: their name in the community; empty when it is not known.
        about_id: the person it was done to, if any; the entry goes with their record.
        about: their name in the community.
    """

    id: int
    community_id: int
    act: str
    subject: str
    at: datetime
    detail: str = ""
    actor_id: int | None = None
    actor: str = ""
    about_id: int | None = None
    about: str = ""
