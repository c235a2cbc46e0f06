"""What people type behind /questions and /suggest."""

import re

from bot.core.accounts.model import PlatformUser
from bot.core.commands import Command
from bot.core.communities.model import Place, as_host
from bot.core.insights.service import Insights
from bot.core.own_questions import words as own_questions_words
from bot.core.own_questions.errors import unclear_order
from bot.core.own_questions.service import OwnQuestions
from bot.core.own_questions.suggestions import SuggestedQuestions
from bot.core.privacy.ports import FilesBothWays
from bot.core.reply import Reply
from knowledge.uploads import MAX_UPLOAD_BYTES, TEMPLATES, template

ANYWAY = "anyway"
"""The word by which a question is added although a similar one is there."""

_EDIT = re.compile(r"(\S+) with (.+)", re.IGNORECASE | re.DOTALL)
"""Which question is edited by which file."""

_ALONE = frozenset({"suggestions", "stats", "get"})


class OwnQuestionCommands:
    """Read what was typed, and do it."""

    def __init__(
        self,
        own: OwnQuestions,
        suggested: SuggestedQuestions,
        files: FilesBothWays,
        insights: Insights,
    ) -> None:
        """Wire the commands.

        Args:
            own: the use cases of hosts.
            suggested: those of suggestions.
            files: reads a file that is named, and hands one out.
            insights: tells how questions do.
        """
        self._own = own
        self._suggested = suggested
        self._files = files
        self._insights = insights

    def commands(self) -> tuple[Command, ...]:
        """Return the entries for the command table."""
        return (
            Command(
                "questions",
                "[add FILE | get [NAME] | edit NAME with FILE | retire NAME | suggestions | "
                "accept N | decline N | stats [NAME] | template csv]",
                "this community's own questions, for its hosts",
                self.questions,
            ),
            Command(
                "suggest",
                "TOPIC: QUESTION | POINT | POINT | POINT",
                "suggest a question to the hosts, with three points a good answer makes",
                self.suggest,
            ),
        )

    def questions(self, user: PlatformUser, place: Place | None, words: str) -> Reply:
        """Do what was typed behind /questions.

        Raises:
            UsageError: nothing is named so.
        """
        order, rest = (*words.split(maxsplit=1), "", "")[:2]
        order, rest = order.casefold(), rest.strip()
        if not order or (order.isascii() and order.isdigit()):
            return self._own.list(user, place, int(order[:4] or 1))
        if order == "template" and (rest or "csv") in TEMPLATES:
            as_host(place)
            return own_questions_words.question_template(*template(rest or "csv"))
        if order in _ALONE:
            return self._of_all(user, place, order, rest)
        if rest:
            return self._about(user, place, order, rest)
        raise unclear_order(words)

    def _of_all(self, user: PlatformUser, place: Place | None, order: str, name: str) -> Reply:
        """Do what needs no name."""
        if order == "suggestions":
            return self._suggested.suggestions(user, place)
        if order == "stats":
            return self._insights.statistics(user, place, name)
        file, content = self._own.file(user, place, name)
        return own_questions_words.questions_saved(self._files.save(user, file, content))

    def _about(self, user: PlatformUser, place: Place | None, order: str, rest: str) -> Reply:
        """Do what is done to something that is named."""
        match order:
            case "edit" if found := _EDIT.fullmatch(rest):
                return self._add(user, place, found[2], instead_of=found[1])
            case "add" | "edit":
                return self._add(user, place, rest)
            case "retire":
                return self._own.retire(user, place, rest)
            case "accept" | "decline":
                return self._suggested.decide(user, place, rest, accept=order == "accept")
        raise unclear_order(f"{order} {rest}")

    def suggest(self, user: PlatformUser, place: Place | None, words: str) -> Reply:
        """Pass on the question that was typed."""
        first, _, rest = words.strip().partition(" ")
        anyway = first.casefold() == ANYWAY
        return self._suggested.suggest(user, place, rest if anyway else words, anyway=anyway)

    def _add(
        self, user: PlatformUser, place: Place | None, rest: str, instead_of: str = ""
    ) -> Reply:
        """Add the questions of a file; only for a host it is opened at all."""
        place = as_host(place)
        name, _, last = rest.rpartition(" ")
        anyway = bool(name.strip()) and last.casefold() == ANYWAY
        name = (name if anyway else rest).strip().strip("\"'")
        data = self._files.read(user, name, MAX_UPLOAD_BYTES)
        return self._own.upload(user, place, name, data, anyway=anyway, instead_of=instead_of)
