"""Messages about the days answered in a row, and why each counted as it did."""

from bot.core.reply import Action, Heading, Items, Paragraph, Reply
from bot.core.streak import DAYS_FOR_A_FREEZE, MOST_FREEZES, DayKind, Streak, StreakDay
from bot.core.wording.phrases import counted

DAYS_LISTED = 30
"""A month fits into one message on every platform."""

WHAT_A_DAY_WAS = {
    DayKind.ANSWERED: "answered",
    DayKind.FREEZE: "missed, and covered by a freeze",
    DayKind.OUTAGE: "excused, for you could not use me the whole day",
    DayKind.NO_QUESTION: "no question was asked",
    DayKind.MISSED: "no answer",
    DayKind.OPEN: "still open",
}

NO_STREAK_YET = "You have no streak yet. It starts with your first answer, on any day you like."


def streak(found: Streak) -> Reply:
    """Tell the streak, the longest one and the freezes held."""
    if not found.ledger:
        return Reply((Paragraph(NO_STREAK_YET),), (Action.ASK,))
    longest = f"Your longest is {counted(found.longest, 'day')}."
    return Reply(
        (
            Paragraph(f"{_current(found)} {longest}"),
            Paragraph(_freezes(found.freezes), quiet=True),
            Paragraph("/streak why lists each day.", quiet=True),
        ),
        () if found.answered_today else (Action.ASK,),
    )


def streak_why(found: Streak) -> Reply:
    """List the latest days, newest first, each with what it was for the streak."""
    if not found.ledger:
        return Reply((Paragraph(NO_STREAK_YET),), (Action.ASK,))
    shown = found.ledger[-DAYS_LISTED:]
    earlier = len(found.ledger) - len(shown)
    left_out = f" {counted(earlier, 'earlier day')} not listed." if earlier else ""
    return Reply(
        (
            Heading("Your days"),
            Items(tuple(_line(day) for day in reversed(shown))),
            Paragraph(f"{_current(found)}{left_out}"),
            Paragraph(
                "Excused days and days without a question neither end a streak nor lengthen it. "
                f"{_freezes(found.freezes)}",
                quiet=True,
            ),
        )
    )


def _current(found: Streak) -> str:
    if found.current == 0:
        return "No streak is running. The next answer starts one."
    days = f"Your streak is {counted(found.current, 'day')}."
    return days if found.answered_today else f"{days} An answer today adds to it."


def _freezes(held: int) -> str:
    rule = (
        f"Each {DAYS_FOR_A_FREEZE} answered days without a miss earn one, and you can hold "
        f"{MOST_FREEZES}. A freeze covers a missed day by itself."
    )
    return f"You hold {counted(held, 'freeze') if held else 'no freezes'}. {rule}"


def _line(day: StreakDay) -> str:
    return f"{day.date:%a} {day.date.isoformat()}: {WHAT_A_DAY_WAS[day.kind]}"
