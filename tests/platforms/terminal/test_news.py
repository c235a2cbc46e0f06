from datetime import timedelta

from bot.platforms.terminal.conversation import Conversation
from tests.core.notifications.test_service import ADA, Post, post
from tests.core.samples import Table, text_of
from tests.platforms.desks import desk_of
from tests.platforms.terminal.conftest import Screen

__all__ = ["post"]  # the fixture


def test_the_terminal_tells_news_at_the_beginning_and_before_each_reply(table: Table, post: Post):
    screen = Screen()
    conversation = Conversation(
        desk_of(table), ADA, screen.show, screen.warm_up, news=post.notices.waiting
    )
    post.tell("What is drift?")

    conversation.begin()
    assert "drift" in text_of(screen.shown[-1])

    post.tell("What is LIME?")
    conversation.handle("/help")
    assert ["LIME" in text_of(reply) for reply in screen.shown[-2:]] == [True, False]
    post.clock.pass_by(timedelta(days=1))
    conversation.handle("/help")
    assert sum("LIME" in text_of(reply) for reply in screen.shown) == 1
