import io

from bot.core.reply import Paragraph, Reply, Score
from bot.platforms.terminal.output import show_on
from bot.platforms.terminal.person import person
from grading.grade import Band

REPLY = Reply((Paragraph("Well done."), Score(0.5, Band.PARTIAL, "halfway there")))


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_plain_text():
    stream = io.StringIO()

    show_on(stream)(REPLY)

    assert (
        stream.getvalue()
        == "Well done.\nScore: 50 % [##########..........] partial (halfway there)\n"
    )


def test_a_terminal_gets_the_drawn_message():
    stream = Terminal()

    show_on(stream)(REPLY)

    assert "█" in stream.getvalue()
    assert "halfway there" in stream.getvalue()


def test_the_person_at_a_terminal_is_always_the_same_one():
    assert person() == person()
    assert person().platform == "terminal"
    assert person().external_id
