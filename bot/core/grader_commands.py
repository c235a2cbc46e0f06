"""What a person can ask about the grader itself: how it works, how well, and where it fails."""

from bot.core.commands import Command
from bot.core.community import Place
from bot.core.learner import PlatformUser
from bot.core.reply import Reply
from bot.core.wording import grader as grader_words
from grading.card import card, tables_of


class GraderCommands:
    """/grader, over the card that ships with the grader."""

    def commands(self) -> tuple[Command, ...]:
        """Return the entry for the command table."""
        return (
            Command("grader", "", "how I grade, how well I agree with people, where I fail", _tell),
        )


def _tell(_user: PlatformUser, _place: Place | None, _words: str) -> Reply:
    text = card()
    sections = {
        head: body for head, _, body in (part.partition("\n") for part in text.split("\n## ")[1:])
    }
    kinds = tables_of(text)["Sample answers, held-out half"]
    return grader_words.grader_card(sections["What it does"], kinds, sections["Known weaknesses"])
