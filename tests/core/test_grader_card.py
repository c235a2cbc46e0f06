"""The grader says how it works and where it fails, with the figures of its card."""

from bot.core.grader_card import grader_commands
from bot.core.reply import Bars, Markdown
from tests.builders import a_user
from tests.core.samples import text_of, typed


def test_the_card_is_told_in_short():
    reply = typed(grader_commands(), "grader", a_user())

    told = text_of(reply)
    assert "1. **Rubric.** A question has three to seven key points" in told
    assert "![" not in told
    (bars,) = [block for block in reply.blocks if isinstance(block, Bars)]
    assert {"negated", "strong"} <= {row.label for row in bars.rows}
    assert all(row.share is not None and "fair" in row.note for row in bars.rows)
    weaknesses = [block for block in reply.blocks if isinstance(block, Markdown)][-1]
    assert len(weaknesses.text) > 200
