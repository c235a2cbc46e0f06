"""The commands of practice, and help on all commands."""

from collections.abc import Callable, Iterable

from bot.core.accounts.model import PlatformUser
from bot.core.coach.service import Coach
from bot.core.coach.words import help_for
from bot.core.commands import Command, Costs, Group, Kind, Parameter, Request, where_given
from bot.core.communities.model import Place
from bot.core.questions.autocomplete import Suggestion, suggestions, topic_suggestions
from bot.core.rate_limits.model import Cost
from bot.core.reply import Reply


def practice_commands(coach: Coach) -> tuple[Command, ...]:
    """Return the entries of practice for the command table."""

    def about(
        user: PlatformUser, place: Place | None, typed: str, most: int
    ) -> tuple[Suggestion, ...]:
        return _with_own_words(suggestions(coach.bank_at(user, place), typed, most - 1), typed)

    def topic(
        user: PlatformUser, place: Place | None, typed: str, most: int
    ) -> tuple[Suggestion, ...]:
        return topic_suggestions(coach.bank_at(user, place), typed, most)

    return (
        _practice(
            "ask",
            "a question: the next one, one of a topic, or one about your words",
            lambda request: coach.ask(request.user, request.text("about"), request.place),
            Parameter(
                "about",
                "A topic, a question, or your own words about what you want to practise",
                usage="topic or words",
                complete=about,
            ),
            asks=True,
        ),
        _practice(
            "answer",
            "answer the current question",
            lambda request: coach.submit_answer(request.user, request.text("text")),
            Parameter("text", "Your answer; leave it out for a window with more room"),
            costs=where_given("text", Cost.ANSWER),
        ),
        _practice(
            "hint",
            "help with the weightiest point you have not made, a little more each time",
            lambda request: coach.hint(request.user),
        ),
        _practice(
            "reveal",
            "the reference answer and the key points",
            lambda request: coach.reveal(request.user),
        ),
        Command(
            "grade",
            "grade what you wrote, which I took for no answer",
            lambda request: coach.settle_held(
                request.user, request.number("number") or 0, grade=not request.flag("no")
            ),
            (
                Parameter("number", "The number of the text", Kind.INTEGER, required=True),
                Parameter("no", "Forget it", Kind.FLAG),
            ),
            Group.PRACTICE,
            hidden=True,
            costs=lambda request: None if request.flag("no") else Cost.ANSWER,
        ),
        _practice("skip", "put the question aside", lambda request: coach.skip(request.user)),
        _practice(
            "topics",
            "everything I can ask, or the questions of one topic",
            lambda request: coach.topics(request.user, request.place, request.text("topic")),
            Parameter("topic", "A topic, to see its questions; all topics without", complete=topic),
        ),
    )


def with_help(commands: Iterable[Command]) -> tuple[Command, ...]:
    """Return the commands with one that lists them all, for hosts with their part."""

    def run(request: Request) -> Reply:
        hosts = request.place is not None and request.place.host
        return help_for(table, hosts=hosts)

    table = (*commands, Command("help", "what I can do", run, group=Group.ACCOUNT))
    return table


def _practice(
    name: str,
    summary: str,
    run: Callable[[Request], Reply],
    *parameters: Parameter,
    asks: bool = False,
    costs: Costs | None = None,
) -> Command:
    return Command(name, summary, run, parameters, Group.PRACTICE, asks=asks, costs=costs)


def _with_own_words(found: tuple[Suggestion, ...], typed: str) -> tuple[Suggestion, ...]:
    """Return the suggestions, and last what was typed, where it is none of them."""
    own = typed.strip()
    known = {each.label.casefold() for each in found} | {each.words for each in found}
    return (*found, Suggestion(own, own)) if own and own.casefold() not in known else found
