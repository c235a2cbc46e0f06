"""A meter that remembers what it was told."""

from collections import Counter
from datetime import datetime

from bot.core.measuring import Backlog, Trouble
from grading.grade import Grade


class RememberingMeter:
    def __init__(self) -> None:
        self.answers: Counter[str] = Counter()
        self.grades: list[tuple[str, str, float]] = []
        self.waits: list[tuple[str, float]] = []
        self.troubles: Counter[tuple[str, Trouble]] = Counter()

    def answer_taken(self, platform: str) -> None:
        self.answers[platform] += 1

    def graded(self, platform: str, grade: Grade, seconds: float) -> None:
        self.grades.append((platform, grade.band.value, seconds))

    def acknowledged(self, platform: str, seconds: float) -> None:
        self.waits.append((platform, seconds))

    def troubled(self, platform: str, trouble: Trouble) -> None:
        self.troubles[platform, trouble] += 1

    def drifted(self, what: str, psi: float, p: float) -> None:
        pass

    def backlog(self, found: Backlog, now: datetime) -> None:
        pass
