"""Who learns: a person, and the accounts by which platforms know that person."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PlatformUser:
    """An account as a platform names it; `team` is empty where ids are unique without one."""

    platform: str
    external_id: str
    team: str = ""
    display_name: str = ""


@dataclass(frozen=True)
class Learner:
    """A person who practises, whichever platforms they come from."""

    id: int
    display_name: str
    joined_at: datetime
