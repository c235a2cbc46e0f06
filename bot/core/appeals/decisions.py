"""The use cases of those who decide appeals: the hosts of the community where the answer was given.

An accepted sentence becomes a wording of the key point in this community; earlier answers there are
graded again (`regrading`), and everybody concerned is told by a notice.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final, NamedTuple

from pydantic import ValidationError

from bot.core.accounts.model import PlatformUser
from bot.core.appeals import words
from bot.core.appeals.errors import (
    NotAcceptable,
    OwnAppeal,
    ReasonTooLong,
    SoundsWrong,
    UnknownAppeal,
)
from bot.core.appeals.model import MOST_REASON, Appeal, AppealState, Case
from bot.core.appeals.ports import Resembled
from bot.core.communities.model import Place, as_host
from bot.core.communities.presence import register_presence
from bot.core.errors import CoachError, GradingBusy, GradingUnavailable, QuestionGone
from bot.core.notifications.model import AppealAccepted, AppealDeclined
from bot.core.notifications.service import tell
from bot.core.ports import Clock
from bot.core.questions.variants import variant_of
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from grading.errors import GraderBusy, ModelUnavailable
from grading.text import storable
from knowledge.accepting import accepting
from knowledge.bank import QuestionBank
from knowledge.question import Question

MOST_SHOWN: Final = 10
"""Appeals in one message; the others follow when these are decided."""

log = logging.getLogger(__name__)


class _Hearing(NamedTuple):
    """An open appeal before a host, with the question as the community has it."""

    appeal: Appeal
    question: Question | None
    host_id: int

    def note(self, uow: UnitOfWork, act: str, at: datetime, detail: str = "") -> None:
        """Note in the audit log what the host does."""
        appeal = self.appeal
        who, subject = (appeal.community_id, self.host_id), f"appeal {appeal.id}"
        uow.audit.add(*who, act, subject, at, detail, appeal.learner_id)


class AppealDecisions:
    """Lay appeals before hosts, and carry out what they decide."""

    def __init__(
        self,
        bank: QuestionBank,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        resembled: Resembled,
        regrade: Callable[[], object],
    ) -> None:
        """Wire the use cases.

        Args:
            bank: the questions.
            unit_of_work: makes a transaction.
            clock: the time.
            resembled: warns of sentences that sound wrong.
            regrade: carries out what was ordered to be graded again; called after an acceptance.
        """
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._resembled = resembled
        self._regrade = regrade

    def open_appeals(self, user: PlatformUser, place: Place | None) -> tuple[Case, ...]:
        """Return the open appeals of a community, the oldest first, at most MOST_SHOWN.

        Raises:
            OnlyInCommunity: it was asked in private.
            HostsOnly: the person may not.
        """
        there = as_host(place)
        with self._unit_of_work() as uow:
            community = uow.communities.find(user.platform, there.community)
            return self.cases(uow, community.id) if community else ()

    def cases(self, uow: UnitOfWork, community_id: int, after_id: int = 0) -> tuple[Case, ...]:
        """Return the next open appeals of a community, in a transaction of the caller's."""
        appeals = uow.appeals.open_in(community_id, MOST_SHOWN, after_id)
        return tuple(self._case(uow, appeal) for appeal in appeals)

    def accept(
        self, user: PlatformUser, place: Place | None, appeal_id: int, *, anyway: bool = False
    ) -> Reply:
        """Accept the sentence of an appeal as a wording of its point, and grade earlier answers.

        Raises:
            OnlyInCommunity, HostsOnly: the person may not.
            UnknownAppeal: no open appeal here has this number.
            OwnAppeal: the host made it, and there is other staff.
            QuestionGone: the question is not in the bank any more.
            NotAcceptable: the sentence cannot be a wording of the point.
            SoundsWrong: it resembles a wrong statement; `anyway` accepts it nevertheless.
            GradingUnavailable: that cannot be told without the model; nothing was decided.
        """
        with self._unit_of_work() as uow:
            hearing = self._hearing(uow, user, place, appeal_id)
            _accepted(hearing)
            uow.commit()
        if not anyway:
            self._warn(hearing)
        now = self._clock.now()
        with self._unit_of_work() as uow:
            hearing = self._hearing(uow, user, place, appeal_id)
            question, appeal = _accepted(hearing), hearing.appeal
            where = appeal.community_id
            uow.accepted.add(where, question.id, appeal.point_id, appeal.sentence, now, appeal.id)
            uow.regrades.add(where, question.id, now)
            uow.appeals.decide(appeal.id, AppealState.ACCEPTED, now, hearing.host_id)
            news = AppealAccepted(question=question.prompt, point=self._hint(appeal))
            tell(uow, appeal.learner_id, news, now, where)
            hearing.note(uow, "appeal accepted", now)
            uow.commit()
        self._grade_again()
        return words.appeal_accepted(appeal_id)

    def decline(
        self, user: PlatformUser, place: Place | None, appeal_id: int, reason: str = ""
    ) -> Reply:
        """Decline an appeal; the learner is told, with the reason where one is given.

        Raises:
            OnlyInCommunity, HostsOnly: the person may not.
            UnknownAppeal: no open appeal here has this number.
            OwnAppeal: the host made it, and there is other staff.
            ReasonTooLong: the reason has more than MOST_REASON characters.
        """
        reason, now = " ".join(storable(reason).split()), self._clock.now()
        if len(reason) > MOST_REASON:
            raise ReasonTooLong(MOST_REASON)
        with self._unit_of_work() as uow:
            hearing = self._hearing(uow, user, place, appeal_id)
            appeal = hearing.appeal
            uow.appeals.decide(appeal.id, AppealState.DECLINED, now, hearing.host_id, reason)
            prompt = self._prompt(appeal.question_id)
            news = AppealDeclined(question=prompt, point=self._hint(appeal), reason=reason)
            tell(uow, appeal.learner_id, news, now, appeal.community_id)
            hearing.note(uow, "appeal declined", now, reason)
            uow.commit()
        return words.appeal_declined(appeal_id)

    def _grade_again(self) -> None:
        """Carry out what was ordered; the decision stands whatever becomes of it now."""
        try:
            self._regrade()
        except CoachError:
            log.exception("earlier answers are graded again later")

    def _hearing(
        self, uow: UnitOfWork, user: PlatformUser, place: Place | None, appeal_id: int
    ) -> _Hearing:
        here = register_presence(uow, user, as_host(place), self._clock.now())
        appeal = uow.appeals.get(appeal_id)
        if (
            appeal is None
            or appeal.state is not AppealState.OPEN
            or appeal.community_id != here.community_id
        ):
            raise UnknownAppeal(str(appeal_id))
        own = appeal.learner_id == here.learner.id
        if own and uow.appeals.has_other_staff(appeal.community_id, here.learner.id):
            raise OwnAppeal
        if appeal.question_id not in self._bank:
            return _Hearing(appeal, None, here.learner.id)
        wordings = uow.accepted.of_question(appeal.community_id, appeal.question_id)
        texts = tuple((each.point_id, each.text) for each in wordings)
        question = variant_of(self._bank.get(appeal.question_id), texts)
        return _Hearing(appeal, question, here.learner.id)

    def _warn(self, hearing: _Hearing) -> None:
        appeal = hearing.appeal
        assert hearing.question is not None  # noqa: S101 `_accepted` let it pass
        try:
            wrong = self._resembled(hearing.question, appeal.point_id, appeal.sentence)
        except GraderBusy as error:
            raise GradingBusy(str(error)) from error
        except ModelUnavailable as error:
            raise GradingUnavailable(str(error)) from error
        if wrong is not None:
            raise SoundsWrong(appeal.id, wrong)

    def _case(self, uow: UnitOfWork, appeal: Appeal) -> Case:
        attempt = uow.attempts.get(appeal.attempt_id)
        points = attempt.grade.points if attempt and attempt.grade else ()
        result = next((each for each in points if each.id == appeal.point_id), None)
        known = appeal.question_id in self._bank
        return Case(appeal, self._prompt(appeal.question_id), result, known)

    def _prompt(self, question_id: str) -> str:
        known = question_id in self._bank
        return self._bank.get(question_id).prompt if known else question_id

    def _hint(self, appeal: Appeal) -> str:
        """Return what leads to the point without telling it."""
        if appeal.question_id not in self._bank:
            return appeal.point_id
        points = self._bank.get(appeal.question_id).key_points
        return next((each.hint for each in points if each.id == appeal.point_id), appeal.point_id)


def _accepted(hearing: _Hearing) -> Question:
    """Return the question with the sentence among its wordings."""
    if hearing.question is None:
        raise QuestionGone
    try:
        return accepting(hearing.question, hearing.appeal.point_id, hearing.appeal.sentence)
    except KeyError as error:
        raise QuestionGone from error
    except ValidationError as error:
        raise NotAcceptable(_reason(error)) from error


def _reason(error: ValidationError) -> str:
    """Return what is wrong in the words of the rule that it broke."""
    return error.errors()[0]["msg"].removeprefix("Value error, ")
