"""What costs, and how much of it may be had."""

from enum import StrEnum
from typing import NamedTuple


class Cost(StrEnum):
    """What takes enough of the machine or of a platform that nobody may have any number of it."""

    ANSWER = "answers"
    SEARCH = "searches"
    PICTURE = "pictures"
    FILE = "files"
    EXPORT = "exports"
    REPORT = "reports"


class Rate(NamedTuple):
    """How often a minute one person, and everybody in a community together; 0 for no limit."""

    person: int = 0
    community: int = 0
