"""Ports of what many answered, for figures about questions and groups."""

from typing import Protocol

from bot.core.insights.statistics import Graded


class Cohorts(Protocol):
    """First unassisted graded answers of many learners, read beside any transaction."""

    def everywhere(self, most: int) -> tuple[Graded, ...]:
        """Return each learner's first answer to each question, the oldest first.

        Of more than `most`, the newest; what hosts and bots answered is among them.
        """
        ...

    def of_community(self, community_id: int, most: int) -> tuple[Graded, ...]:
        """Return the same of a community: what its present members, bots aside, answered there."""
        ...
