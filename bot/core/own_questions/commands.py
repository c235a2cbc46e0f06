"""The commands of a community's own questions: /questions and what follows it, and /suggest."""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from bot.core.commands import (
    Command,
    Costs,
    FormOf,
    Group,
    Kind,
    Parameter,
    Request,
    Syntax,
    Value,
    Values,
    always,
)
from bot.core.communities.model import as_host
from bot.core.insights.service import Insights
from bot.core.own_questions import words as own_questions_words
from bot.core.own_questions.errors import unclear_order
from bot.core.own_questions.service import OwnQuestions
from bot.core.own_questions.suggestions import SuggestedQuestions
from bot.core.rate_limits.model import Cost
from bot.core.reply import Attachment, Reply
from knowledge.uploads import template

ANYWAY: Final = "anyway"
"""The word by which a question is added although a similar one is there."""

_EDIT = re.compile(r"(\S+) with (.+)", re.IGNORECASE | re.DOTALL)
"""Which question is edited by which file."""

FILE: Final = Parameter("file", "A Markdown, YAML or CSV file", Kind.FILE, required=True)
EVEN_IF_SIMILAR: Final = Parameter(ANYWAY, "Also where similar questions are there", Kind.FLAG)
SUGGESTION: Final = Parameter(
    "number", "The number that stands beside it", Kind.INTEGER, required=True
)
FORMATS: Final = {"md": "Markdown", "yaml": "YAML", "csv": "CSV"}


def own_question_commands(
    own: OwnQuestions, suggested: SuggestedQuestions, insights: Insights
) -> tuple[Command, ...]:
    """Return the commands over the use cases of hosts and of members.

    Args:
        own: the use cases of hosts.
        suggested: those of suggestions.
        insights: tells how questions do.
    """
    return (
        _for_hosts(
            "",
            "the questions of this community, the newest first",
            partial(_list, own),
            Parameter("page", "Which page; the first, unless you say one", Kind.INTEGER, most=9999),
            syntax=Syntax("[NUMBER]", read_page),
        ),
        _for_hosts(
            "add",
            "add the questions of a Markdown, YAML or CSV file",
            partial(_add, own),
            FILE,
            EVEN_IF_SIMILAR,
            syntax=Syntax("FILE [anyway]", read_file),
            costs=always(Cost.FILE),
        ),
        _for_hosts(
            "edit",
            "put the questions of a file in place of those with the same names",
            partial(_add, own),
            FILE,
            _named(own, "The question whose place it takes; those of the same names, else"),
            EVEN_IF_SIMILAR,
            syntax=Syntax("[NAME with] FILE [anyway]", read_edit),
            costs=always(Cost.FILE),
        ),
        _for_hosts(
            "get",
            "a file with one question, or with all, to change and send again",
            partial(_get, own),
            _named(own, "The name of a question; all, unless you name one"),
            costs=always(Cost.EXPORT),
        ),
        _for_hosts(
            "retire",
            "ask a question no more; grades stay",
            lambda request: own.retire(request.user, request.place, request.text("question")),
            _named(own, "The name of a question", required=True),
        ),
        _for_hosts(
            "stats",
            "how a question does here, or all of them",
            lambda request: insights.statistics(
                request.user, request.place, request.text("question")
            ),
            _named(own, "The name of a question; all, unless you name one"),
            costs=always(Cost.REPORT),
        ),
        _for_hosts(
            "suggestions",
            "what members suggested",
            lambda request: suggested.suggestions(request.user, request.place),
        ),
        _for_hosts(
            "accept",
            "take a suggestion; it is asked from then on",
            lambda request: _decide(suggested, request, accept=True),
            SUGGESTION,
        ),
        _for_hosts(
            "decline",
            "decline a suggestion",
            lambda request: _decide(suggested, request, accept=False),
            SUGGESTION,
        ),
        _for_hosts(
            "template",
            "an example of a file with questions",
            _template,
            Parameter("format", "Which kind of file", Kind.CHOICE, FORMATS),
        ),
        Command(
            "suggest",
            "suggest a question to the hosts, with three points a good answer makes",
            partial(_suggest, suggested),
            (
                EVEN_IF_SIMILAR,
                Parameter(
                    "question",
                    "The topic, a colon, the question and three points with | between them",
                    required=True,
                    usage="TOPIC: QUESTION | POINT | POINT | POINT",
                ),
            ),
            Group.TOGETHER,
            form=FormOf(suggested.form, suggested.take_form, ("question", "points")),
            costs=always(Cost.FILE),
        ),
    )


def _named(own: OwnQuestions, text: str, *, required: bool = False) -> Parameter:
    """Return the parameter that names a question of the community's own."""
    return Parameter("question", text, required=required, usage="NAME", complete=own.named_like)


def _list(own: OwnQuestions, request: Request) -> Reply:
    return own.list(request.user, request.place, request.number("page") or 1)


def _get(own: OwnQuestions, request: Request) -> Reply:
    name, content = own.file(request.user, request.place, request.text("question"))
    return own_questions_words.questions_to_change(Attachment(name, content))


def _add(own: OwnQuestions, request: Request) -> Reply:
    """Add the questions of a file."""
    user, place, file = request.user, as_host(request.place), request.file("file")
    instead_of = "-".join(request.text("question").split())
    anyway = request.flag(ANYWAY)
    return own.upload(user, place, file.name, file.content, anyway=anyway, instead_of=instead_of)


def _decide(suggested: SuggestedQuestions, request: Request, *, accept: bool) -> Reply:
    number = request.number("number") or 0
    return suggested.decide(request.user, request.place, number, accept=accept)


def _suggest(suggested: SuggestedQuestions, request: Request) -> Reply:
    """Pass on the question that was typed."""
    anyway = request.flag(ANYWAY)
    return suggested.suggest(request.user, request.place, request.text("question"), anyway=anyway)


def read_page(typed: str) -> Values:
    """Return the page of the list.

    Raises:
        UsageError: it is no number, and nothing that can be done with questions.
    """
    number = typed.strip()
    if number and not (number.isascii() and number.isdecimal()):
        raise unclear_order(typed)
    return {"page": int(number[:4])} if number else {}


def read_file(typed: str) -> Values:
    """Return the file, and whether similar questions do not matter.

    Raises:
        UsageError: no file is named.
    """
    name, _, last = typed.strip().rpartition(" ")
    anyway = bool(name.strip()) and last.casefold() == ANYWAY
    file = (name if anyway else typed).strip().strip("\"'")
    if not file:
        raise unclear_order("add")
    return {"file": file, ANYWAY: anyway}


def read_edit(typed: str) -> Values:
    """Return the file, and the question whose place it takes.

    Raises:
        UsageError: no file is named.
    """
    values: dict[str, Value] = {}
    if instead := _EDIT.fullmatch(typed.strip()):
        values["question"], typed = instead.groups()
    return values | dict(read_file(typed))


def _template(request: Request) -> Reply:
    as_host(request.place)
    kind = request.text("format") or "csv"
    return own_questions_words.question_template(*template(kind))


def _for_hosts(
    act: str,
    summary: str,
    run: Callable[[Request], Reply],
    *parameters: Parameter,
    syntax: Syntax | None = None,
    costs: Costs | None = None,
) -> Command:
    name = f"questions {act}".strip()
    return Command(name, summary, run, parameters, hosts=True, syntax=syntax, costs=costs)
