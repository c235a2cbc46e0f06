"""Compare the answers of a month with those of the first months, for operators and for hosts."""

from collections.abc import Callable
from threading import Lock
from typing import Final

from cachetools import LRUCache

from bot.core.commands import Command, Request, always
from bot.core.communities.model import as_host
from bot.core.drift import words
from bot.core.drift.errors import TooEarly
from bot.core.drift.model import (
    BASELINE_MONTHS,
    MOST_SCORES,
    MOST_TEXTS,
    Answered,
    DriftReport,
    Month,
    Side,
    evenly,
    without_much_of_one,
)
from bot.core.drift.ports import AnswersInTime, Compares
from bot.core.ports import Clock
from bot.core.rate_limits.model import Cost
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from grading.drift import Period
from knowledge.bank import QuestionBank

KEPT: Final = 200
"""Reports of communities that are kept, so that asking again costs nothing."""

READ: Final = 4 * MOST_SCORES
"""Answers of one time that are looked at; of one person only a few of them are compared."""


class DriftReports:
    """Tell whether answers have changed."""

    def __init__(
        self,
        bank: QuestionBank,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        answers: Callable[[], AnswersInTime],
        compare: Compares,
    ) -> None:
        """Wire the use cases; `answers` is called when they are first looked at."""
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._answers = answers
        self._compare = compare
        self._made: LRUCache[tuple[int | None, Month, Month], DriftReport] = LRUCache(KEPT)
        self._one_at_a_time = Lock()

    def commands(self) -> tuple[Command, ...]:
        """Return the entry for the command table."""
        summary = "whether answers here have changed since the first months, without names"
        return (Command("changes", summary, self.changes, hosts=True, costs=always(Cost.REPORT)),)

    def changes(self, request: Request) -> Reply:
        """Show whether the answers of a community have changed.

        Raises:
            HostsOnly, OnlyInCommunity: it is for hosts, where they are.
            TooEarly: no month behind the first ones is over.
            GradingUnavailable: the model is needed, and it cannot be loaded or is busy.
        """
        place = as_host(request.place)
        with self._unit_of_work() as uow:
            community = uow.communities.find(request.user.platform, place.community)
        if community is None:
            raise TooEarly(None)
        return words.changes(self.report(community_id=community.id))

    def report(
        self,
        month: Month | None = None,
        baseline: Month | None = None,
        community_id: int | None = None,
    ) -> DriftReport:
        """Compare a month, by default the last one that is over, with the months of a baseline.

        By default that is the first months with answers. A month that is over has one report.

        Raises:
            TooEarly: the month is not over, or it is part of the baseline.
            GradingUnavailable: the model is needed, and it cannot be loaded or is busy.
        """
        begun = self._answers().begin(community_id)
        if begun is None:
            raise TooEarly(None)
        this = Month.of(self._clock.now())
        first, month = baseline or Month.of(begun), month or this.plus(-1)
        if month >= this or month < first.plus(BASELINE_MONTHS):
            raise TooEarly(first)
        key = (community_id, first, month)
        with self._one_at_a_time:
            if key not in self._made:
                self._made[key] = self._made_anew(first, month, community_id)
            return self._made[key]

    def _made_anew(self, first: Month, month: Month, community_id: int | None) -> DriftReport:
        last = first.plus(BASELINE_MONTHS - 1)
        before = self._of(first, last, community_id)
        now = self._of(month, month, community_id)
        texts = tuple(map(self._texts, (before, now)))
        sides = (
            _side(first, last, before, len(texts[0])),
            _side(month, month, now, len(texts[1])),
        )
        report = DriftReport(*sides)
        if not report.enough:
            return report
        told = texts if report.texts_enough else ((), ())
        periods = (
            Period(tuple(each.score for each in found), pairs)
            for found, pairs in zip((before, now), told, strict=True)
        )
        return DriftReport(*sides, self._compare(*periods))

    def _of(self, first: Month, last: Month, community_id: int | None) -> tuple[Answered, ...]:
        end = last.plus(1).begins
        found = self._answers().between(first.begins, end, READ, community_id)
        return evenly(without_much_of_one(found), MOST_SCORES)

    def _texts(self, answered: tuple[Answered, ...]) -> tuple[tuple[str, str], ...]:
        """Return some texts that are kept, each with the reference answer to its question."""
        kept = [each for each in answered if each.text and each.question_id in self._bank]
        return tuple(
            (each.text, self._bank.get(each.question_id).reference_answers.short)
            for each in evenly(kept, MOST_TEXTS)
        )


def _side(first: Month, last: Month, found: tuple[Answered, ...], texts: int) -> Side:
    people = len({each.learner_id for each in found})
    return Side(first, last, len(found), people, texts, tuple(sorted({e.grader for e in found})))
