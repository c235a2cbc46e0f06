"""Names on a board of Slack are shown as they are: they neither format nor ping anybody."""

from typing import Any

import pytest

from bot.platforms.slack.people import account
from bot.platforms.slack.render import render
from knowledge.bank import QuestionBank
from tests.platforms.slack.conftest import Office, words_of
from tests.platforms.slack.emulator.state import TEAM
from tests.platforms.slack.test_leavers import Board


def parsed_by_slack(value: Any) -> list[str]:
    """The texts in which Slack looks for mentions; those of rich text are shown as they are."""
    if isinstance(value, dict):
        mine = [value["text"]] if value.get("type") == "mrkdwn" else []
        return mine + [text for each in value.values() for text in parsed_by_slack(each)]
    return [text for each in value for text in parsed_by_slack(each)] if _is_many(value) else []


def _is_many(value: Any) -> bool:
    return isinstance(value, list | tuple)


@pytest.mark.parametrize("name", ["<!channel>", "<@U0000000001>", "Tom & <b>Jerry</b>", "&amp;"])
def test_a_name_is_shown_as_it_is_on_the_board(office: Office, bank: QuestionBank, name: str):
    board = Board(office, bank)
    board.boards.board(account(TEAM, office.bob, name), board.place)

    reply = board.boards.board(account(TEAM, office.ada, "Ada"), board.place).reply

    (page,) = render(reply, office.desk.dialect)
    escaped = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert escaped in page.text
    assert name in words_of(list(page.blocks))
    for text in (page.text, *parsed_by_slack(page.blocks)):
        assert "<!" not in text
        assert "<@" not in text
    assert not {"user", "broadcast", "usergroup"} & set(kinds_in(page.blocks))


def kinds_in(value: Any) -> list[str]:
    """The types of all elements."""
    if isinstance(value, dict):
        inner = [kind for each in value.values() for kind in kinds_in(each)]
        return [str(value.get("type", "")), *inner]
    return [kind for each in value for kind in kinds_in(each)] if _is_many(value) else []


def test_the_board_pings_nobody_by_their_handle(office: Office, bank: QuestionBank) -> None:
    board = Board(office, bank)

    reply = board.boards.board(account(TEAM, office.ada, "Ada"), board.place).reply

    for page in render(reply, office.desk.dialect):
        assert office.bob not in str(page.arguments())
        assert "@" not in page.text
