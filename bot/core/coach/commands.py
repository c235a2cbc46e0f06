"""The commands of practice; answers have ways of their own on every platform."""

from bot.core.coach.service import Coach
from bot.core.commands import Command


def practice_commands(coach: Coach) -> tuple[Command, ...]:
    """Return the entries of practice for the command table."""
    return (
        Command(
            "ask",
            "[topic or words]",
            "a question: the next one, one of a topic, or one about your words",
            lambda user, place, words: coach.ask(user, words, place),
            asks=True,
        ),
        Command(
            "hint",
            "",
            "help with the weightiest point you have not made, a little more each time",
            lambda user, _place, _words: coach.hint(user),
        ),
        Command(
            "reveal",
            "",
            "the reference answer and the key points",
            lambda user, _place, _words: coach.reveal(user),
        ),
        Command(
            "skip",
            "",
            "put the question aside",
            lambda user, _place, _words: coach.skip(user),
        ),
        Command(
            "topics",
            "",
            "everything I can ask",
            lambda user, place, _words: coach.topics(user, place),
        ),
    )
