"""The use cases of flags: a learner says what is the matter with a question, a host looks at it."""

from collections.abc import Callable
from typing import Final

from bot.core.accounts.model import PlatformUser
from bot.core.commands import ANSWER, Command, FormOf, Group, Kind, Parameter, Request
from bot.core.communities.model import Place, as_host
from bot.core.communities.presence import register_presence
from bot.core.flags import words as flags_words
from bot.core.flags.errors import NothingToFlag, TooManyFlags, UnknownFlag
from bot.core.flags.model import FLAGS_WITHIN, MOST_A_DAY, FlagKind, QuestionFlag, remark_of
from bot.core.forms import Entered, Form
from bot.core.notifications.model import FlagHandled
from bot.core.notifications.service import tell
from bot.core.ports import Clock
from bot.core.practice.model import Ask
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank

MOST_SHOWN: Final = 20
"""Flags in one message; the others follow when these are done."""

PARAMETERS: Final = (
    Parameter(
        "kind",
        "What is the matter with it; something is wrong, unless you say",
        Kind.CHOICE,
        {kind.value: label for kind, label in flags_words.KINDS.items()},
    ),
    Parameter("remark", "A few words on it", usage="words"),
    ANSWER,
)


class Flags:
    """Hear what is the matter with questions, and pass it on to those who can help.

    That is the hosts where the question was asked, or where it is flagged, and for private practice
    whoever runs the coach.
    """

    def __init__(
        self,
        bank: QuestionBank,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
    ) -> None:
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock

    def commands(self) -> tuple[Command, ...]:
        """Return the entries for the command table."""
        return (
            Command(
                "flag",
                "say what is the matter with the last question",
                self.run_flag,
                PARAMETERS,
                Group.PRACTICE,
                form=FormOf(self._form, self._take_form, ("remark",)),
            ),
            Command(
                "flags",
                "what learners flagged in questions, and what you have seen to",
                self.run_flags,
                (
                    Parameter(
                        "done",
                        "The number of a flag that you have seen to",
                        Kind.INTEGER,
                        named=True,
                    ),
                ),
                hosts=True,
            ),
        )

    def run_flag(self, request: Request) -> Reply:
        """Flag a question; a remark alone says that something is wrong, and nothing is asked about.

        Raises:
            FlagRejected: too much was typed, or too often.
        """
        kind, remark = request.text("kind"), remark_of(request.text("remark"))
        answer = request.number(ANSWER.name)
        if not kind and not remark:
            return flags_words.what_to_flag(answer)
        meant = FlagKind(kind) if kind else FlagKind.WRONG
        return self.flag(request.user, request.place, meant, remark, answer)

    def _form(self, request: Request) -> Form:
        """Return what is filled in about a question.

        Raises:
            NothingToFlag: they were not asked anything yet.
        """
        answer = request.number(ANSWER.name)
        with self._unit_of_work() as uow:
            learner = uow.learners.find(request.user)
            ask = self._meant(uow, learner.id, answer) if learner else None
        if ask is None:
            raise NothingToFlag
        return flags_words.flag_form(self._prompt(ask.question_id), answer)

    def _take_form(self, request: Request, entered: Entered) -> Reply:
        """Flag a question by what was entered; raises what `flag` does."""
        kind, remark = entered.get("kind") or FlagKind.WRONG, remark_of(entered.get("remark", ""))
        answer = request.number(ANSWER.name)
        return self.flag(request.user, request.place, FlagKind(kind), remark, answer)

    def run_flags(self, request: Request) -> Reply:
        """List the open flags, or close one.

        Raises:
            OnlyInCommunity: it was asked in private.
            HostsOnly: the person may not.
            UnknownFlag: no open flag here has this number.
        """
        number = request.number("done")
        if number is None:
            return flags_words.flags(self.open_flags(request.user, request.place), self._bank)
        return self.done(request.user, request.place, number)

    def flag(
        self,
        user: PlatformUser,
        place: Place | None,
        kind: FlagKind,
        remark: str = "",
        answer: int | None = None,
    ) -> Reply:
        """Flag the question of an answer of the learner's, by default the last one they were asked.

        An open flag of theirs on it is changed instead.

        Raises:
            NothingToFlag: they were not asked anything yet.
            TooManyFlags: MOST_A_DAY within a day.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, place, now)
            ask = self._meant(uow, here.learner.id, answer)
            if ask is None:
                raise NothingToFlag
            changed = uow.flags.open_one(here.learner.id, ask.question_id) is not None
            if not changed and uow.flags.count(here.learner.id, now - FLAGS_WITHIN) >= MOST_A_DAY:
                raise TooManyFlags(MOST_A_DAY)
            where = here.community_id if ask.community_id is None else ask.community_id
            uow.flags.put(here.learner.id, ask.question_id, kind, remark, now, where)
            uow.commit()
        return flags_words.flagged(self._prompt(ask.question_id), in_community=where is not None)

    def _meant(self, uow: UnitOfWork, learner_id: int, answer: int | None) -> Ask | None:
        if answer is None:
            return uow.asks.latest(learner_id)
        attempt = uow.attempts.get(answer)
        return (
            uow.asks.get(attempt.ask_id) if attempt and attempt.learner_id == learner_id else None
        )

    def open_flags(self, user: PlatformUser, place: Place | None) -> tuple[QuestionFlag, ...]:
        """Return the open flags of a community, the oldest first, at most MOST_SHOWN.

        Raises:
            OnlyInCommunity: it was asked in private.
            HostsOnly: the person may not.
        """
        there = as_host(place)
        with self._unit_of_work() as uow:
            community = uow.communities.find(user.platform, there.community)
            return uow.flags.open_in(community.id, MOST_SHOWN) if community else ()

    def done(self, user: PlatformUser, place: Place | None, flag_id: int) -> Reply:
        """Close a flag of the community and tell the learner.

        Raises:
            OnlyInCommunity: it was asked in private.
            HostsOnly: the person may not.
            UnknownFlag: no open flag here has this number.
        """
        there, now = as_host(place), self._clock.now()
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, there, now)
            flag = uow.flags.get(flag_id)
            if flag is None or flag.handled_at or flag.community_id != here.community_id:
                raise UnknownFlag(str(flag_id))
            assert here.community_id is not None  # noqa: S101 there is a place
            self._close(uow, flag, here.learner.id)
            uow.audit.add(
                here.community_id,
                here.learner.id,
                "flag done",
                f"flag {flag_id}",
                now,
                about_id=flag.learner_id,
            )
            uow.commit()
        return flags_words.flag_done(flag_id)

    def private(self) -> tuple[QuestionFlag, ...]:
        """Return the open flags on questions of private practice, for whoever runs the coach."""
        with self._unit_of_work() as uow:
            return uow.flags.open_in(None, MOST_SHOWN)

    def private_done(self, flag_id: int) -> None:
        """Close a flag of private practice and tell the learner.

        Raises:
            UnknownFlag: no such open flag has this number.
        """
        with self._unit_of_work() as uow:
            flag = uow.flags.get(flag_id)
            if flag is None or flag.handled_at or flag.community_id is not None:
                raise UnknownFlag(str(flag_id))
            self._close(uow, flag, None)
            uow.commit()

    def _close(self, uow: UnitOfWork, flag: QuestionFlag, by: int | None) -> None:
        now = self._clock.now()
        uow.flags.handle(flag.id, by, now)
        news = FlagHandled(question=self._prompt(flag.question_id))
        tell(uow, flag.learner_id, news, now, flag.community_id)

    def _prompt(self, question_id: str) -> str:
        known = question_id in self._bank
        return self._bank.get(question_id).prompt if known else question_id
