"""Buttons for what is typed elsewhere."""

from dataclasses import replace

import pytest

from bot.core.communities.model import Visibility
from bot.core.leaderboard.words import consents
from bot.core.reply import Choice, Paragraph, Reply
from bot.platforms.discord.buttons import Press, press_of, rows_of, text_of
from bot.platforms.discord.dressing import dressed
from bot.platforms.front_desk import About

SAID = Reply((Paragraph("A board."),))


def test_a_board_leads_to_the_other_periods_and_its_picture():
    more = Choice("All ranks", "leaderboard week channel page 1")
    said = replace(SAID, choices=(more,))

    shown = dressed("leaderboard", {"period": "week", "scope": "channel"}, said)

    lines = [choice.words for choice in shown.choices]
    assert "leaderboard month channel" in lines
    assert "leaderboard week channel" not in lines
    assert (lines[0], lines[-1]) == (more.words, "leaderboard week channel picture")


@pytest.mark.parametrize("name", ["progress", "unheard-of"])
def test_what_needs_no_buttons_gets_none(name: str):
    assert dressed(name, {}, SAID) == SAID


def test_what_a_board_asks_is_answered_first():
    asked = Reply(SAID.blocks, choices=consents(3, Visibility.HIDDEN))

    lines = [each.words for each in dressed("leaderboard", {}, asked).choices]

    assert lines[:3] == [
        "visibility community 3 named",
        "visibility community 3 anonymous",
        "visibility community 3 hidden",
    ]
    assert "leaderboard week" in lines


@pytest.mark.parametrize(
    "about", [About(), About(12), About(post_id=7), About(question_id="monitoring/concept-drift")]
)
def test_an_id_says_what_it_is_about(about: About):
    press = press_of(Press("answer", text_of(about)).custom_id)

    assert press is not None
    assert press.about == about


@pytest.mark.parametrize("custom_id", ["v2:answer:12", "answer", "", "v1answer:1", "x" * 100])
def test_an_id_of_another_version_is_not_understood(custom_id: str):
    assert press_of(custom_id) is None


@pytest.mark.parametrize("rest", ["", "p", "-1", "p0", "1" * 30, "²", "12; drop"])
def test_an_id_that_says_nothing_that_is_known_is_not_understood(rest: str):
    assert press_of(Press("answer", rest).custom_id) is None


def test_a_message_never_has_more_buttons_than_fit():
    choices = tuple(Choice(str(number) * 90, f"ask {number}") for number in range(40))

    rows = rows_of(Reply(SAID.blocks, choices=(*choices, Choice("Long", "x" * 200))), "key", 1, 3)

    assert len(rows) <= 5
    assert all(1 <= len(row) <= 5 for row in rows)
    assert [item.label for item in rows[-1]] == ["Back (1/3)", "More (3/3)"]
    assert all(len(item.label or "") <= 80 for row in rows for item in row)
