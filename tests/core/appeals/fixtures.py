"""Learners who appeal and hosts who decide, over a real database; the grader reads words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.core.accounts.model import PlatformUser
from bot.core.appeals.commands import appeal_commands
from bot.core.appeals.decisions import AppealDecisions
from bot.core.appeals.regrading import Correction, Regrading, order_if_missed
from bot.core.appeals.service import Appeals
from bot.core.communities.model import AuditEntry, Place, Role
from bot.core.communities.presence import register_presence
from bot.core.notifications.service import Notices
from bot.core.practice.answering import Answering
from bot.core.practice.consequences import update_ratings
from bot.core.practice.model import Attempt
from bot.core.questions.variants import Variants
from bot.core.reviews.consequences import update_card
from grading.grade import Band, Grade, PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import Question
from tests.builders import NOON, a_user
from tests.core.samples import DRIFT, a_grade_of, taken, text_of, typed
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

ADA, BOB = a_user("ada"), a_user("bob", display_name="Bob")
HOST = a_user("host", display_name="Host")
THERE, ELSEWHERE = Place("guild", "channel"), Place("other", "channel")
HOSTED = replace(THERE, host=True)
POINT = "alert"
SENTENCE = "A siren howls when quality sinks."
ANSWER = f"The relation moved, I think. {SENTENCE}"


class Reader:
    """Credits a point when one of its wordings stands in the answer; a fifth for any answer."""

    def __init__(self) -> None:
        self.meanwhile: Callable[[], None] = lambda: None
        self.problem: Exception | None = None
        self.graded: list[str] = []

    def grade(self, question: Question, answer: str) -> Grade:
        self.meanwhile()
        if self.problem is not None:
            raise self.problem
        self.graded.append(answer)
        made = [p for p in question.key_points if any(text in answer for text in p.right)]
        share = len(made) / len(question.key_points)
        return a_grade_of(
            question,
            {point.id: PointStatus.COVERED for point in made},
            score=0.2 + 0.8 * share,
            band=Band.PARTIAL if made else Band.WEAK,
        )


class Ear:
    """Hears something wrong in what the test says."""

    def __init__(self) -> None:
        self.wrong: str | None = None
        self.failure: Exception | None = None

    def __call__(self, _question: Question, _point_id: str, _text: str) -> str | None:
        if self.failure is not None:
            raise self.failure
        return self.wrong


class Court:
    """Everything that appeals need, each part at hand."""

    def __init__(
        self,
        bank: QuestionBank,
        unit_of_work: MakeUnitOfWork,
        corrections: Sequence[Correction] = (),
    ) -> None:
        self.bank, self.unit_of_work, self.clock = bank, unit_of_work, FixedClock()
        self.reader, self.ear = Reader(), Ear()
        variants = Variants(unit_of_work)
        consequences = (update_card, update_ratings, order_if_missed)
        self.answering = Answering(
            bank, self.reader, unit_of_work, self.clock, consequences, variants.of
        )
        self.regrading = self.another_regrading(corrections)
        self.appeals = Appeals(bank, unit_of_work, self.clock)
        self.hearings = AppealDecisions(
            bank,
            unit_of_work,
            self.clock,
            self.ear,
            self.regrading.run_pending,
        )
        self.commands = appeal_commands(self.appeals, self.hearings, bank)
        self.notices = Notices(unit_of_work, self.clock)

    @property
    def recorded(self) -> list[AuditEntry]:
        """What the audit log says of the community, the oldest first."""
        with self.unit_of_work() as uow:
            community = uow.communities.find("discord", THERE.community)
            entries = uow.audit.of_community(community.id, 0, 100) if community else ()
        return list(reversed(entries))

    def another_regrading(
        self, corrections: Sequence[Correction] = (), bank: QuestionBank | None = None
    ) -> Regrading:
        """What another program would run."""
        variant = Variants(self.unit_of_work).of
        bank, now = bank or self.bank, self.clock
        return Regrading(bank, self.reader, self.unit_of_work, now, variant, corrections)

    def arrive(self, user: PlatformUser, role: Role = Role.MEMBER) -> None:
        with self.unit_of_work() as uow:
            register_presence(uow, user, replace(THERE, role=role), NOON)
            uow.commit()

    def answer(
        self,
        user: PlatformUser = ADA,
        place: Place | None = THERE,
        text: str = ANSWER,
        question: str = DRIFT,
    ) -> Attempt:
        with self.unit_of_work() as uow:
            here = register_presence(uow, user, place, NOON)
            where: dict[str, Any] = {
                "community_id": here.community_id,
                "channel_id": here.channel_id,
            }
            uow.asks.add(here.learner.id, question, NOON, **where)
            uow.commit()
        return taken(self.answering, user, text)

    def appeal(self, attempt: Attempt, user: PlatformUser = ADA, sentence: str = SENTENCE) -> int:
        self.appeals.appeal(user, THERE, attempt.id, POINT, sentence)
        return self.appeals.open_of(user)[-1].id

    def accept_of(self, user: PlatformUser = ADA) -> Attempt:
        """An answer with an accepted appeal."""
        attempt = self.answer(user)
        self.hearings.accept(HOST, HOSTED, self.appeal(attempt, user))
        return attempt

    def type(self, words: str, user: PlatformUser = ADA, place: Place | None = THERE) -> str:
        return text_of(typed(self.commands, f"appeal {words}", user, place))

    def host(self, words: str = "", user: PlatformUser = HOST) -> str:
        return text_of(typed(self.commands, f"appeals {words}", user, HOSTED))

    def score(self, attempt: Attempt) -> float:
        with self.unit_of_work() as uow:
            found = uow.attempts.get(attempt.id)
        assert found
        assert found.grade
        return found.grade.score

    def heard(self, user: PlatformUser = ADA) -> list[str]:
        return [text_of(reply) for reply in self.notices.waiting(user)]
