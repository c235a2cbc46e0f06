from datetime import date, timedelta

import pytest

from bot.core.reply import Action, Items
from bot.core.streaks import words as streaks_words
from bot.core.streaks.model import DayKind, Streak, streak
from bot.core.streaks.parsing import EVER, Span
from bot.core.streaks.words import STRETCHES_LISTED, WHAT_A_DAY_WAS
from tests.core.samples import text_of

FIRST = date(2024, 2, 26)


def run(*offsets: int) -> list[date]:
    return [FIRST + timedelta(n) for n in offsets]


def lines(found: Streak) -> tuple[str, ...]:
    return next(b.lines for b in streaks_words.streak_why(found).blocks if isinstance(b, Items))


def test_a_streak_tells_its_length_the_longest_and_the_freezes():
    text = text_of(streaks_words.streak(streak(run(*range(7)), FIRST + timedelta(6))))

    assert "Your streak is 7 days. Your longest is 7 days." in text
    assert "You have 1 freeze." in text


def test_who_has_not_answered_today_is_offered_a_question():
    open_today = streak(run(0, 1), FIRST + timedelta(2))
    answered = streak(run(0, 1), FIRST + timedelta(1))

    assert Action.ASK in streaks_words.streak(open_today).actions
    assert "An answer today adds to it." in text_of(streaks_words.streak(open_today))
    assert Action.ASK not in streaks_words.streak(answered).actions


@pytest.mark.parametrize("message", [streaks_words.streak, streaks_words.streak_why])
def test_who_never_answered_is_told_how_it_starts(message):
    assert "first answer" in text_of(message(Streak()))


def test_every_kind_of_day_has_words_of_its_own():
    assert set(WHAT_A_DAY_WAS) == set(DayKind)
    assert len(set(WHAT_A_DAY_WAS.values())) == len(DayKind)


def test_why_lists_each_day_with_its_reason_newest_first():
    found = streak(run(0, 1, 4), FIRST + timedelta(6), run(2), run(3))

    assert [line.split(": ")[1] for line in lines(found)] == [
        WHAT_A_DAY_WAS[kind]
        for kind in (
            DayKind.OPEN,
            DayKind.MISSED,
            DayKind.ANSWERED,
            DayKind.NO_QUESTION,
            DayKind.OUTAGE,
            DayKind.ANSWERED,
            DayKind.ANSWERED,
        )
    ]
    assert lines(found)[3] == "Thu 2024-02-29: no question was asked"


def test_a_long_history_is_cut_and_says_so():
    found = streak(run(*range(40)), FIRST + timedelta(39))

    assert len(lines(found)) == 30
    assert "10 earlier days not listed." in text_of(streaks_words.streak_why(found))


@pytest.mark.parametrize("days", [0, 1, 7, 20])
def test_no_message_shouts(days: int):
    found = streak(run(*range(days)), FIRST + timedelta(22))

    for message in (streaks_words.streak, streaks_words.streak_why):
        assert "!" not in text_of(message(found))


def test_all_days_are_told_in_stretches_and_the_oldest_are_left_out():
    every_third = streak(run(*range(0, 400, 3)), FIRST + timedelta(400))
    found = [b for b in streaks_words.streak_why(every_third, EVER).blocks if isinstance(b, Items)]
    text = text_of(streaks_words.streak_why(every_third, EVER))

    assert len(found[0].lines) == STRETCHES_LISTED
    assert "2024-02-27 to 2024-02-28, 2 days: no answer" not in text
    assert "2025-03-29 to 2025-03-30, 2 days: no answer" in text
    assert "Earlier ones: " in text
    assert len(text) < 4000


def test_a_month_is_listed_day_by_day_and_nothing_else():
    found = streak(run(*range(40)), FIRST + timedelta(39))
    march = Span(date(2024, 3, 1), date(2024, 3, 31))
    listed = next(
        b.lines for b in streaks_words.streak_why(found, march).blocks if isinstance(b, Items)
    )

    assert (len(listed), listed[0], listed[-1]) == (
        31,
        "Sun 2024-03-31: answered",
        "Fri 2024-03-01: answered",
    )
