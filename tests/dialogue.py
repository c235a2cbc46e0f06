"""One script for every platform: three learners and the coach, over two weeks of a virtual clock.

A stage lets people type and lets time pass; the script says what each of them must read. What is
typed after a slash is a command, on every platform as that platform has it.
"""

import re
from datetime import timedelta
from typing import Protocol

from bot.core.streaks.heartbeat import TOLERANCE
from grading.calibration import band_of
from grading.grade import Grade, GraderId, PointResult, PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import KeyPoint, Question

DAY = timedelta(days=1)
BEAT = TOLERANCE
"""What serves people looks around so often, the least that is no outage."""

HOST, BOB, EVE = "Ada", "Bob", "Eve"
SLANG = "And the old kettle rule holds here as well, as always."


class LiteralGrader:
    """Credit a point for each of its wordings that stands in the answer, word for word."""

    def grade(self, question: Question, answer: str) -> Grade:
        points = tuple(self._point(point, answer) for point in question.key_points)
        score = sum(p.weight * p.credit for p in points) / sum(p.weight for p in points)
        return Grade(
            question_id=question.id,
            score=score,
            band=band_of(score),
            points=points,
            misconceptions=(),
            grader=GraderId(version="1", model="literal"),
        )

    def _point(self, point: KeyPoint, answer: str) -> PointResult:
        wordings = (point.statement, *point.paraphrases, *point.plain, *point.accepted)
        said = next((wording for wording in wordings if wording in answer), None)
        return PointResult(
            id=point.id,
            text=point.statement,
            weight=point.weight,
            status=PointStatus.COVERED if said else PointStatus.MISSED,
            credit=1.0 if said else 0.0,
            evidence=said,
        )


class Stage(Protocol):
    """Where people type, read and let time pass."""

    bank: QuestionBank

    def type(self, who: str, line: str) -> str:
        """Return all that somebody reads after a line of theirs, on one line."""
        ...

    def asked(self, who: str) -> Question:
        """Return the question that somebody was last asked."""
        ...

    def serve(self, time: timedelta) -> str:
        """Let time pass while the coach is running; return what the channel reads meanwhile."""
        ...

    def down(self, time: timedelta) -> None:
        """Let time pass while nothing is running."""
        ...


def said(question: Question, style: int, points: int | None = None) -> str:
    """Return an answer that makes the first points, or all, in one of two ways of putting them."""
    return " ".join(point.paraphrases[style] for point in question.key_points[:points])


def a_fortnight(stage: Stage) -> None:
    """Play it, from Monday at eight in Berlin; raise AssertionError where somebody reads wrong."""
    _first_week_of_practice(stage)
    _monday_the_channel_begins(stage)
    _tuesday_an_appeal(stage)
    _wednesday_a_freeze(stage)
    _thursday_an_outage(stage)
    _friday_reviews_and_boards(stage)


def _first_week_of_practice(stage: Stage) -> None:
    """The host practises alone on seven days, which earns a freeze."""
    assert "Europe/Berlin" in stage.type(HOST, "/settings zone Berlin")
    for day in range(7):
        stage.type(HOST, "/ask")
        told = stage.type(HOST, said(stage.asked(HOST), 0))
        assert "Score: 100 %" in told
        assert day == 0 or f"Day {day + 1} in a row" in told
        stage.serve(DAY)
    assert "You have 1 freeze" in stage.type(HOST, "/streak")


def _monday_the_channel_begins(stage: Stage) -> None:
    for who in (BOB, EVE):
        stage.type(who, "/settings zone Berlin")
    told = stage.type(HOST, "/daily setup 9 Berlin")
    assert "09:00 in Europe/Berlin" in told
    assert "The next ones come " in told  # then the moment as the platform writes it
    assert "Question of the day" in stage.serve(timedelta(hours=2))

    for who, style, points in ((HOST, 0, None), (BOB, 1, None), (EVE, 1, 2)):
        assert "Question of the day" in stage.type(who, "/daily")
        told = stage.type(who, said(stage.asked(who), style, points))
        assert "points on the leaderboard" in told
        assert "Want to show up" in told
    assert "3 learners have answered" in stage.type(HOST, "/daily")
    stage.type(HOST, "/visibility named")
    stage.type(BOB, "/visibility named")
    stage.type(EVE, "/visibility anonymous")
    for who in (HOST, BOB, EVE):
        stage.type(who, "/visibility quotes on")

    board = stage.type(BOB, "/leaderboard week")
    assert "=1 Ada" in board
    assert "=1 Bob (you)" in board
    assert "Eve" not in board
    assert "You're 3rd of 3" in stage.type(EVE, "/leaderboard week")


def _tuesday_an_appeal(stage: Stage) -> None:
    """Monday's question closes with what the group said; Eve gets a point she had made."""
    read = stage.serve(DAY)
    assert "Results" in read
    assert "3 learners have answered" in read
    assert "Together you said" in read
    assert "Ada" in read
    assert "Eve" not in read
    assert "Best answers" in read

    stage.type(HOST, "/daily")
    stage.type(HOST, said(stage.asked(HOST), 0))
    stage.type(EVE, "/daily")
    question = stage.asked(EVE)
    before = _score(stage.type(EVE, f"{said(question, 1, 1)} {SLANG}"))
    assert before < 100
    assert SLANG in stage.type(EVE, f"/appeal 1 {SLANG}")
    points = _points(stage.type(EVE, "/leaderboard week"))

    assert SLANG in stage.type(HOST, "/appeals")
    told = stage.type(HOST, "/appeals accept 1")
    if "anyway" in told:
        told = stage.type(HOST, "/appeals accept 1 anyway")
    assert "Appeal 1 is accepted" in told
    heard = stage.type(EVE, "/streak")
    assert "was accepted" in heard
    raised, instead_of = re.findall(r"now scores (\d+) % instead of (\d+) %", heard)[0]
    assert int(raised) > int(instead_of) == before
    assert _points(stage.type(EVE, "/leaderboard week")) > points

    stage.type(BOB, "/daily")
    told = stage.type(BOB, f"{said(question, 0, 1)} {SLANG}")
    assert _score(told) == int(raised)


def _wednesday_a_freeze(stage: Stage) -> None:
    """The host answers nothing all day, Bob neither; only the host has a freeze."""
    stage.serve(DAY)
    stage.type(EVE, "/daily")
    stage.type(EVE, said(stage.asked(EVE), 1, 3))


def _thursday_an_outage(stage: Stage) -> None:
    """Nothing runs from Thursday at five in the morning until Friday at six."""
    stage.serve(timedelta(hours=19))
    stage.down(timedelta(hours=25))
    assert "Question of the day" in stage.serve(timedelta(hours=4))


def _friday_reviews_and_boards(stage: Stage) -> None:
    why = stage.type(HOST, "/streak why")
    for day in ("missed, and covered by a freeze", "excused", "answered"):
        assert day in why
    stage.type(HOST, "/daily")
    told = stage.type(HOST, said(stage.asked(HOST), 0))
    assert "Day 10 in a row" in told
    assert "Your streak is 0" not in stage.type(HOST, "/streak")
    assert "no answer" in stage.type(BOB, "/streak why")

    assert "Due for review" in stage.type(EVE, "/review")
    assert "Score: 100 %" in stage.type(EVE, said(stage.asked(EVE), 0))
    board = stage.type(HOST, "/leaderboard week")
    assert "1 Ada (you)" in board
    assert "Ada" in stage.type(BOB, "/leaderboard month")
    assert "on average" in stage.type(HOST, "/progress")
    assert "Reviews due" in stage.type(HOST, "/progress all topics")


def _score(told: str) -> int:
    """Return a score in percent."""
    return int(re.findall(r"Score: (\d+) %", told)[0])


def _points(board: str) -> int:
    return int(re.findall(r"with ([\d,]+) points", board)[0].replace(",", ""))
