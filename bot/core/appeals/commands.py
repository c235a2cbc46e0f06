"""What people type about appeals: learners /appeal, hosts /appeals."""

from typing import Final

from bot.core.appeals import words as appeals_words
from bot.core.appeals.decisions import AppealDecisions
from bot.core.appeals.errors import UnknownAppeal, unclear_appeal
from bot.core.appeals.model import chosen_sentence, fitting_sentences, numbered_point
from bot.core.appeals.service import Appeals
from bot.core.commands import (
    WORDS,
    Command,
    Group,
    Kind,
    Parameter,
    Request,
    Syntax,
    Value,
    Values,
    words_behind,
)
from bot.core.practice.model import Attempt
from bot.core.reply import Reply
from grading.grade import Grade
from grading.text import storable
from knowledge.bank import QuestionBank

LONGEST_NUMBER: Final = 9
"""Digits of the number of an appeal; what is longer fits into no column of a database."""

DECISIONS: Final = {
    "accept": "Accept: the sentence counts here from now on",
    "accept anyway": "Accept it although it resembles a wrong statement",
    "decline": "Decline",
}

PARAMETERS: Final = (
    Parameter("number", "The number that stands beside it", Kind.INTEGER),
    Parameter("decision", "What you decide on the appeal with that number", Kind.CHOICE, DECISIONS),
    Parameter("reason", "Why, in a few words"),
)


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
                "say that your last answer made a point that was not credited",
                self.appeal,
                words_behind("[POINT [SENTENCE] | withdraw NUMBER]"),
                Group.PRACTICE,
            ),
            Command(
                "appeals",
                "what learners say that they covered, and your decision on it",
                self.appeals,
                PARAMETERS,
                hosts=True,
                syntax=Syntax("[accept NUMBER [anyway] | decline NUMBER [reason]]", read_decision),
            ),
        )

    def appeal(self, request: Request) -> Reply:
        """Show the points, then the sentences to choose from; with both, appeal.

        Raises:
            UsageError: it cannot be read.
            AppealRejected: the answer does not allow it.
            UnknownAppeal: the learner has no open appeal with the number to withdraw.
        """
        user, place, words = request.user, request.place, request.text(WORDS)
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

    def appeals(self, request: Request) -> Reply:
        """List the open appeals of the community, or decide one.

        Raises:
            OnlyInCommunity, HostsOnly: the person may not.
            UnknownAppeal: no open appeal here has this number.
            CoachError: the appeal cannot be accepted, or not without a second look.
        """
        user, place = request.user, request.place
        decision, number = request.text("decision"), request.number("number")
        if not request.values:
            return appeals_words.appeals(self._hearings.open_appeals(user, place))
        if not decision:
            raise unclear_appeal("" if number is None else str(number))
        if number is None:
            raise UnknownAppeal(decision)
        if decision == "decline":
            return self._hearings.decline(user, place, number, request.text("reason"))
        return self._hearings.accept(user, place, number, anyway=decision != "accept")


def read_decision(typed: str) -> Values:
    """Return the decision that was typed, with the number of the appeal and the reason.

    Raises:
        UsageError: it is none.
        UnknownAppeal: the number is none.
    """
    act, _, rest = typed.strip().partition(" ")
    number, _, more = rest.strip().partition(" ")
    more = more.strip()
    values: dict[str, Value] = {"decision": act.casefold()}
    match act.casefold():
        case "":
            return {}
        case "accept" if more.casefold() == "anyway":
            values["decision"] = "accept anyway"
        case "decline" if more:
            values["reason"] = more
        case "accept" | "decline" if not more:
            pass
        case _:
            raise unclear_appeal(typed.strip())
    return values | {"number": _number(number, typed)}


def _number(typed: str, words: str) -> int:
    typed = typed.strip().removeprefix("#")
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER):
        raise UnknownAppeal(words.strip())
    return int(typed)


def _grade(attempt: Attempt) -> Grade:
    assert attempt.grade is not None  # noqa: S101 only graded answers can be appealed
    return attempt.grade
