"""What an operator chooses for how often people may do what costs: `COACH_RATE_LIMITS__…`."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

PerMinute = Annotated[int, Field(ge=0, le=10_000)]


class RateLimitSettings(BaseModel):
    """How often one person may do something; 0 for no limit.

    Whoever does nothing for a while may do as much at once; nobody who types meets a limit.
    """

    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, use_attribute_docstrings=True
    )

    answers: PerMinute = 30
    """How many answers one person may send a minute, all of them at once where they like; 0 for no
    limit. So it is with the other limits. A program counts for itself: with two of them, people may
    do twice as much."""
    searches: PerMinute = 20
    """How many questions one person may look for in words of their own a minute."""
    pictures: PerMinute = 10
    """How many pictures one person may ask for a minute: of progress, of boards, of interviews."""
    files: PerMinute = 15
    """How many files with questions, and suggestions, one person may send a minute."""
    exports: PerMinute = 5
    """How many exports one person may ask for a minute: of their data, or of own questions."""
    reports: PerMinute = 10
    """How many reports on all answers of a community one of its hosts may ask for a minute."""
    community_factor: Annotated[int, Field(ge=0, le=10_000)] = 40
    """How many times as much everybody in a community may do together; 0 for no limit."""
