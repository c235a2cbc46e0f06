"""`coach chat`: read lines from the keyboard or a pipe and hold the conversation."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.core.coach.own_view import OwnViews
from bot.platforms.front_desk import FrontDesk
from bot.platforms.terminal.conversation import Conversation, News, no_news
from bot.platforms.terminal.output import busy_on, show_on
from bot.platforms.terminal.person import ROOM, person
from bot.platforms.terminal.pipe import piped_lines
from bot.platforms.terminal.warmup import Prepare, WarmUp
from knowledge.bank import QuestionBank


def converse(
    desk: FrontDesk,
    prepare: Prepare,
    history: Path,
    name: str = "",
    news: News = no_news,
    files: Path = Path(),
    own_views: OwnViews | None = None,
) -> None:
    """Hold a conversation until /quit or the end of the input.

    Args:
        desk: runs the use cases.
        prepare: loads the model and the knowledge base; run in the background.
        history: file of the lines typed so far.
        name: who practises; by default the user of the system.
        news: what happened while they were not there.
        files: the folder of what they export.
        own_views: keeps which points they say they made.
    """
    warm_up = WarmUp(prepare)
    conversation = Conversation(
        desk,
        person(name),
        show_on(sys.stdout),
        warm_up.start,
        busy_on(sys.stdout),
        ROOM,
        news=news,
        files=files,
        own_views=own_views,
    )
    conversation.begin()
    for line in _lines(conversation, desk.bank, history):
        if not conversation.handle(line):
            break
    sys.stdout.flush()
    if warm_up.is_running:
        # Nobody waits for the model any more, and the interpreter cannot shut down cleanly
        # while a thread is importing torch. Everything stored is committed by now.
        os._exit(0)


def _lines(conversation: Conversation, bank: QuestionBank, history: Path) -> Iterator[str]:
    if not sys.stdin.isatty():
        return piped_lines(sys.stdin)
    from bot.platforms.terminal.keyboard import typed_lines

    return typed_lines(
        history,
        conversation.commands,
        _names(bank),
        lambda: conversation.rejected or "",
        lambda: conversation.keys,
    )


def _names(bank: QuestionBank) -> tuple[str, ...]:
    """Return what completes /ask: topics, then short names and aliases."""
    topics = tuple(topic.id for topic in bank.topics)
    questions = tuple(
        name
        for question in bank
        for name in (question.slug, *question.aliases)
        if not name.endswith("?")
    )
    return tuple(dict.fromkeys(topics + questions))
