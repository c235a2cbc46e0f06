"""TODO"""

from bot.core.coach import words as coach_words
from tests.core.samples import text_of


def test_help_explains_every_command():
    reply = text_of(coach_words.help_for())

    for command in ("/ask", "/hint", "/reveal", "/skip", "/progress", "/topics", "/help", "/quit"):
        assert command in reply
