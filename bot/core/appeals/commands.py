"""What people type about appeals: learners /appeal, hosts /appeals."""

from typing import Final

from bot.core.accounts.model import PlatformUser
from bot.core.appeals import words as appeals_words
from bot.core.appeals.decisions import AppealDecisions
from bot.core.appeals.errors import UnknownAppeal, unclear_appeal
from bot.core.appeals.model import chosen_sentence, fitting_sentences, numbered_point
from bot.core.appeals.service import Appeals
from bot.core.commands import Command
from bot.core.communities.model import Place
from bot.core.practice.model import Attempt
from bot.core.reply import Reply
from grading.grade import Grade
from grading.text import storable
from knowledge.bank import QuestionBank

LONGEST_NUMBER: Final = 9
"""Digits of the number of an appeal; what is longer fits into no column of a database."""


class AppealCommands:
    """/appeal and /appeals, over the use cases of learners and of hosts."""

    def __init__(self, appeals: Appeals, hearings: AppealDecisions, bank: QuestionBank) -> None:
        self._appeals = appeals
        self._hearings = hearings
        self._bank = bank

    def commands(self) -> tuple[Command, ...]:
        """Return the entries for the command table."""
        return (
            Command(
                "appeal",
                "[POINT [SENTENCE] | withdraw NUMBER]",
                "say that your last answer made a point that was not credited",
                self.appeal,
            ),
            Command(
                "appeals",
                "[accept NUMBER [anyway] | decline NUMBER [reason]]",
                "for hosts: what learners say that they covered",
                self.appeals,
            ),
        )

    def appeal(self, user: PlatformUser, place: Place | None, words: str) -> Reply:
        """Show the points, then the sentences to choose from; with both, appeal.

        Raises:
            UsageError: it cannot be read.
            AppealRejected: the answer does not allow it.
            UnknownAppeal: the learner has no open appeal with the number to withdraw.
        """
        first, _, rest = storable(words).strip().partition(" ")
        if first.casefold() == "withdraw":
            return self._appeals.withdraw(user, _number(rest, words))
        attempt = self._appeals.last_answer(user)
        question = self._bank.get(attempt.question_id)
        if not first:
            mine = self._appeals.open_of(user)
            return appeals_words.points_to_appeal(question, _grade(attempt), mine)
        if not (first.isascii() and first.isdecimal()):
            raise unclear_appeal(words.strip())
        point = numbered_point(_grade(attempt), int(first[:9]))
        if not rest.strip():
            offered = fitting_sentences(attempt.answer)
            return appeals_words.sentences_to_appeal(question, point, int(first), offered)
        sentence = chosen_sentence(attempt.answer, rest)
        return self._appeals.appeal(user, place, attempt.id, point.id, sentence)

    def appeals(self, user: PlatformUser, place: Place | None, words: str) -> Reply:
        """List the open appeals of the community, or decide one.

        Raises:
            OnlyInCommunity, HostsOnly: the person may not.
            UnknownAppeal: no open appeal here has this number.
            CoachError: the appeal cannot be accepted, or not without a second look.
        """
        act, _, rest = words.strip().partition(" ")
        number, _, more = rest.strip().partition(" ")
        match act.casefold():
            case "":
                return appeals_words.appeals(self._hearings.open_appeals(user, place))
            case "accept" if more.strip().casefold() in {"", "anyway"}:
                anyway = bool(more.strip())
                appeal_id = _number(number, words)
                return self._hearings.accept(user, place, appeal_id, anyway=anyway)
            case "decline":
                return self._hearings.decline(user, place, _number(number, words), more)
        raise unclear_appeal(words.strip())


def _number(typed: str, words: str) -> int:
    typed = typed.strip().removeprefix("#")
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER):
        raise UnknownAppeal(words.strip())
    return int(typed)


def _grade(attempt: Attempt) -> Grade:
    assert attempt.grade is not None  # noqa: S101 only graded answers can be appealed
    return attempt.grade
