"""The counts of a coach that serves, in the form that Prometheus reads.

No label holds the id of a community or a person, and each has few values.
"""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from bot.core.daily.post import PostState
from bot.core.measuring import Backlog, Trouble
from bot.watch.server import Page
from grading.grade import Band, Grade, OpinionOutcome

ACKNOWLEDGED: Final = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0)
"""In seconds; both platforms wait for three."""

GRADED: Final = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)
"""In seconds; a grade that is owed may come after a restart."""


class PrometheusMeter:
    """Keep count of what happens in this process, from its start on."""

    def __init__(self) -> None:
        self._registry = every = CollectorRegistry()
        ProcessCollector(registry=every)
        self._answers = Counter(
            "coach_answers_taken", "Texts taken as answers.", ("platform",), registry=every
        )
        self._grades = Counter(
            "coach_grades", "Grades given, by verdict.", ("platform", "band"), registry=every
        )
        self._opinions = Counter(
            "coach_second_opinions", "What came of them.", ("outcome",), registry=every
        )
        self._troubles = Counter(
            "coach_platform_errors",
            "Requests to platforms that failed.",
            ("platform", "kind"),
            registry=every,
        )
        self._acknowledged = Histogram(
            "coach_acknowledgement_seconds",
            "How long platforms waited for an acknowledgement.",
            ("platform",),
            buckets=ACKNOWLEDGED,
            registry=every,
        )
        self._latency = Histogram(
            "coach_grade_seconds",
            "How long after an answer its grade was given.",
            ("platform",),
            buckets=GRADED,
            registry=every,
        )
        self._waiting = Gauge(
            "coach_answers_waiting", "Answers in the database without a grade.", registry=every
        )
        self._oldest = Gauge(
            "coach_oldest_waiting_seconds", "The age of the oldest of them.", registry=every
        )
        self._posts = Gauge(
            "coach_daily_posts",
            "Daily questions of the last two days by state.",
            ("state",),
            registry=every,
        )
        self._psi = Gauge(
            "coach_drift_psi",
            "How far scores and answers moved last month from the first months.",
            ("what",),
            registry=every,
        )
        self._p = Gauge(
            "coach_drift_p",
            "The chance of that without drift, adjusted for several tests.",
            ("what",),
            registry=every,
        )
        self._ready = Gauge(
            "coach_ready", "Whether a part can be used, 1 or 0.", ("part",), registry=every
        )
        for outcome in OpinionOutcome:
            self._opinions.labels(outcome.value)
        self.backlog(Backlog(), datetime.min)  # noqa: DTZ901 nothing waits since then

    def knows(self, platform: str) -> None:
        """Show a platform's counts from zero on: a rate needs two values."""
        self._answers.labels(platform)
        self._acknowledged.labels(platform)
        self._latency.labels(platform)
        for band in Band:
            self._grades.labels(platform, band.value)
        for trouble in Trouble:
            self._troubles.labels(platform, trouble.value)

    def answer_taken(self, platform: str) -> None:
        """Count a text that was taken as an answer."""
        self._answers.labels(platform).inc()

    def graded(self, platform: str, grade: Grade, seconds: float) -> None:
        """Count a grade, so long after its answer was taken."""
        self._grades.labels(platform, grade.band.value).inc()
        self._latency.labels(platform).observe(max(0.0, seconds))
        if grade.second_opinion is not None:
            self._opinions.labels(grade.second_opinion.value).inc()

    def acknowledged(self, platform: str, seconds: float) -> None:
        """Note how long a platform waited."""
        self._acknowledged.labels(platform).observe(seconds)

    def troubled(self, platform: str, trouble: Trouble) -> None:
        """Count a request to a platform that failed."""
        self._troubles.labels(platform, trouble.value).inc()

    def backlog(self, found: Backlog, now: datetime) -> None:
        """Note what is open now."""
        self._waiting.set(found.waiting)
        age = (now - found.oldest).total_seconds() if found.oldest else 0.0
        self._oldest.set(max(0.0, age))
        for state in PostState:
            self._posts.labels(state.value).set(found.posts.get(state.value, 0))

    def drifted(self, what: str, psi: float, p: float) -> None:
        """Note how far something moved in the last month."""
        self._psi.labels(what).set(psi)
        self._p.labels(what).set(p)

    def page(self, parts: Callable[[], dict[str, str | None]]) -> Page:
        """Return all counts, with the parts that can be used now."""
        for part, reason in parts().items():
            self._ready.labels(part).set(reason is None)
        return Page(HTTPStatus.OK, generate_latest(self._registry), CONTENT_TYPE_LATEST)
