"""What people type about appeals: learners /appeal, hosts /appeals."""

from functools import partial
from typing import Final

from bot.core.accounts.model import PlatformUser
from bot.core.appeals import words as appeals_words
from bot.core.appeals.decisions import AppealDecisions
from bot.core.appeals.errors import AppealRejected, NoSentence, UnknownAppeal, unclear_appeal
from bot.core.appeals.model import chosen_sentence, fitting_sentences, numbered_point
from bot.core.appeals.service import Appeals
from bot.core.commands import (
    ANSWER,
    Command,
    FormOf,
    Group,
    Kind,
    Parameter,
    Request,
    Syntax,
    Value,
    Values,
)
from bot.core.communities.model import Place
from bot.core.forms import Entered, Form
from bot.core.interviews.errors import NoHelpInInterview
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


def appeal_commands(
    appeals: Appeals, decisions: AppealDecisions, bank: QuestionBank
) -> tuple[Command, ...]:
    """Return the commands over the use cases of learners and of hosts."""
    parameters = (
        Parameter(
            "point",
            "The number of a point you made; shows them, if left out",
            Kind.INTEGER,
            usage="POINT",
        ),
        Parameter(
            "sentence",
            "The sentence that makes it, by its number or in its words",
            usage="SENTENCE",
            complete=partial(_sentences, appeals),
        ),
        ANSWER,
        Parameter("withdraw", "The number of an appeal to take back", Kind.INTEGER, named=True),
    )
    return (
        Command(
            "appeal",
            "say that your last answer made a point that was not credited",
            partial(_appeal, appeals, bank),
            parameters,
            Group.PRACTICE,
            form=FormOf(partial(_form, appeals, bank), partial(_take_form, appeals), ("words",)),
        ),
        Command(
            "appeals",
            "what learners say that they covered, and your decision on it",
            partial(_decide, decisions),
            PARAMETERS,
            hosts=True,
            syntax=Syntax("[accept NUMBER [anyway] | decline NUMBER [reason]]", read_decision),
        ),
    )


def _appeal(appeals: Appeals, bank: QuestionBank, request: Request) -> Reply:
    """Show the points, then the sentences to choose from; with both, appeal.

    Raises:
        UsageError: it cannot be read.
        AppealRejected: the answer does not allow it.
        UnknownAppeal: the learner has no open appeal with the number to withdraw.
    """
    user, number, words = request.user, request.number("point"), request.text("sentence")
    if (withdrawn := request.number("withdraw")) is not None:
        return appeals.withdraw(user, withdrawn)
    attempt = appeals.answer(user, request.number(ANSWER.name))
    question = bank.get(attempt.question_id)
    if number is None and words:
        raise unclear_appeal(words)
    if number is None:
        return appeals_words.points_to_appeal(question, attempt, appeals.open_of(user))
    point = numbered_point(_grade(attempt), number)
    if not words:
        offered = fitting_sentences(attempt.answer)
        which = number, attempt.id
        return appeals_words.sentences_to_appeal(question, point, which, offered)
    sentence = chosen_sentence(attempt.answer, storable(words))
    return appeals.appeal(user, request.place, attempt.id, point.id, sentence)


def _form(appeals: Appeals, bank: QuestionBank, request: Request) -> Form:
    """Return the points and the sentences of an answer to choose from; raises as `answer` does."""
    attempt = appeals.answer(request.user, request.number(ANSWER.name))
    offered = fitting_sentences(attempt.answer)
    return appeals_words.appeal_form(bank.get(attempt.question_id), attempt, offered)


def _take_form(appeals: Appeals, request: Request, entered: Entered) -> Reply:
    """Appeal by what was entered: words that were copied, else the sentence that was chosen.

    Raises:
        NoSentence: neither is there.
        AppealRejected: the answer does not allow it.
    """
    attempt = appeals.answer(request.user, request.number(ANSWER.name))
    words = storable(entered.get("words", "")).strip() or entered.get("sentence", "")
    if words in {"", appeals_words.ELSEWHERE}:
        raise NoSentence
    sentence = chosen_sentence(attempt.answer, words)
    point = entered.get("point", "")
    return appeals.appeal(request.user, request.place, attempt.id, point, sentence)


def _sentences(
    appeals: Appeals, user: PlatformUser, _place: Place | None, typed: str, most: int
) -> tuple[tuple[str, str], ...]:
    """Offer the sentences of the learner's last answer by their numbers."""
    try:
        found = fitting_sentences(appeals.answer(user).answer)
    except (AppealRejected, NoHelpInInterview):
        return ()
    offered = ((text, str(number)) for number, text in enumerate(found, 1))
    return tuple(each for each in offered if typed.casefold() in each[0].casefold())[:most]


def _decide(decisions: AppealDecisions, request: Request) -> Reply:
    """List the open appeals of the community, or decide one.

    Raises:
        OnlyInCommunity, HostsOnly: the person may not.
        UnknownAppeal: no open appeal here has this number.
        CoachError: the appeal cannot be accepted, or not without a second look.
    """
    user, place = request.user, request.place
    decision, number = request.text("decision"), request.number("number")
    if not request.values:
        return appeals_words.appeals(decisions.open_appeals(user, place))
    if not decision:
        raise unclear_appeal("" if number is None else str(number))
    if number is None:
        raise UnknownAppeal(decision)
    if decision == "decline":
        return decisions.decline(user, place, number, request.text("reason"))
    return decisions.accept(user, place, number, anyway=decision != "accept")


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
