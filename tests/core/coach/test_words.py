"""What the coach says around practice."""

from bot.core.coach import words as coach_words
from bot.core.coach.commands import practice_commands
from tests.core.samples import Table, text_of


def test_help_explains_every_command(table: Table):
    reply = text_of(coach_words.help_for(practice_commands(table.coach)))

    for command in ("/ask", "/hint", "/reveal", "/skip", "/topics", "/help", "/quit"):
        assert command in reply
