"""Values for tests: complete and plausible; a test names only what it is about."""

from datetime import UTC, datetime

from bot.core.learner import PlatformUser
from grading.grade import Band, Grade, GraderId, MisconceptionHit, PointResult, PointStatus

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def a_user(
    external_id: str = "42",
    *,
    platform: str = "discord",
    team: str = "",
    display_name: str = "Ada",
) -> PlatformUser:
    return PlatformUser(platform, external_id, team, display_name)


def a_grade(
    question_id: str = "evaluation/precision", *, score: float = 0.7, band: Band = Band.GOOD
) -> Grade:
    return Grade(
        question_id=question_id,
        score=score,
        band=band,
        points=(
            PointResult(
                id="share",
                text="The share of predicted positives that are right.",
                weight=2,
                status=PointStatus.COVERED,
                credit=1,
                evidence="It is how many of the hits are “real”.",
            ),
        ),
        misconceptions=(
            MisconceptionHit(text="It is recall.", correction="It is not.", evidence="recall"),
        ),
        grader=GraderId(version="1", model="all-MiniLM-L6-v2"),
    )
