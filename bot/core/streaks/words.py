"""Messages about the days answered in a row, and why each counted as it did."""

from collections.abc import Sequence
from itertools import groupby

from bot.core.command_refs import ref
from bot.core.reply import Action, Block, Heading, Items, Paragraph, Reply
from bot.core.streaks.errors import DAYS_LISTED
from bot.core.streaks.model import DAYS_FOR_A_FREEZE, MOST_FREEZES, DayKind, Streak, StreakDay
from bot.core.streaks.parsing import Span
from bot.core.words.captions import full_date
from bot.core.words.phrases import counted

LONGEST_MONTH = 31
"""More days than this are told as stretches of the same kind."""

STRETCHES_LISTED = 50
"""So many lines fit into one message on every platform, the longest ones too."""

WHAT_A_DAY_WAS = {
    DayKind.ANSWERED: "answered",
    DayKind.FREEZE: "missed, and covered by a freeze",
    DayKind.OUTAGE: "excused, because I was down all day",
    DayKind.NO_QUESTION: "no question was asked",
    DayKind.MISSED: "no answer",
    DayKind.OPEN: "still open",
}

NO_STREAK_YET = "You have no streak yet. It starts with your first answer, on any day you like."


WITHOUT_ZONE = f"Your days follow UTC until you tell me your city: {ref('settings zone Berlin')}."


def streak(found: Streak, *, own_zone: bool = True) -> Reply:
    """Tell the streak, the longest one, the freezes held and what today needs.

    `own_zone` says that the learner chose a time zone.
    """
    if not found.ledger:
        return Reply((Paragraph(NO_STREAK_YET),), (Action.ASK,))
    longest = f"Your longest is {counted(found.longest, 'day')}."
    return Reply(
        (
            Paragraph(f"{_current(found)} {longest}"),
            *_today(found),
            Paragraph(_freezes(found.freezes), quiet=True),
            *(() if own_zone else (Paragraph(WITHOUT_ZONE, quiet=True),)),
            Paragraph(f"{ref('streak why')} lists each day.", quiet=True),
        ),
        () if found.answered_today else (Action.ASK,),
    )


def streak_why(found: Streak, span: Span | None = None) -> Reply:
    """List days, newest first, each with what it was for the streak.

    They are those of the span, by default the latest; many days are told as stretches.
    """
    if not found.ledger:
        return Reply((Paragraph(NO_STREAK_YET),), (Action.ASK,))
    shown = found.ledger[-DAYS_LISTED:]
    if span:
        shown = tuple(day for day in found.ledger if day.date in span)
    if not shown:
        return Reply((Paragraph(_nothing_known(found)),))
    days = [_line(day) for day in shown] if len(shown) <= LONGEST_MONTH else _stretches(shown)
    lines = days[-STRETCHES_LISTED:]
    return Reply(
        (
            Heading("Your days"),
            Items(tuple(reversed(lines))),
            Paragraph(f"{_current(found)}{_left_out(found, shown, len(days) - len(lines))}"),
            Paragraph(
                "Excused days and days without a question neither end a streak nor lengthen it. "
                f"{_freezes(found.freezes)}",
                quiet=True,
            ),
        )
    )


def streak_grows(before: Streak, after: Streak) -> tuple[Block, ...]:
    """Say in one line what the first answer of a day did for the streak."""
    earned = after.freezes > before.freezes
    freeze = " You earned a freeze: it covers one missed day automatically." if earned else ""
    if after.current == 1:
        return (
            Paragraph(f"Day 1 of a new streak. {ref('streak')} shows how it's going.", quiet=True),
        )
    return (Paragraph(f"Day {after.current} in a row.{freeze}", quiet=True),)


def streak_waits(found: Streak) -> tuple[Block, ...]:
    """Say in one line that this was no answer for the streak, where one is running."""
    if not found.current:
        return ()
    days = f"Your streak of {counted(found.current, 'day')}"
    return (Paragraph(f"{days} still needs an answer in your own words today.", quiet=True),)


def _today(found: Streak) -> tuple[Block, ...]:
    """Return what becomes of a running streak without another answer."""
    if not found.current:
        return ()
    if found.answered_today:
        return (Paragraph("Today is done.", quiet=True),)
    if found.ledger[-1].kind in {DayKind.OUTAGE, DayKind.NO_QUESTION}:
        return (Paragraph("Today is excused: your streak is safe without an answer.", quiet=True),)
    without = "a freeze keeps it" if found.freezes else "it ends"
    return (Paragraph(f"Without an answer today {without}.", quiet=True),)


def _left_out(found: Streak, shown: Sequence[StreakDay], stretches: int) -> str:
    if stretches:
        return f" Earlier ones: {stretches}, not listed. {ref('streak why MONTH')} lists a month."
    earlier = (shown[0].date - found.ledger[0].date).days
    if not earlier:
        return ""
    return (
        f" {counted(earlier, 'earlier day')} not listed. {ref('streak why all')} tells them "
        "in short."
    )


def _nothing_known(found: Streak) -> str:
    first, last = found.ledger[0].date, found.ledger[-1].date
    span = f"{full_date(first)} to {full_date(last)}"
    return f"I have nothing on those days. Your record runs from {span}."


def _current(found: Streak) -> str:
    if found.current == 0:
        return "No streak is running. The next answer starts one."
    days = f"Your streak is {counted(found.current, 'day')}."
    return days if found.answered_today else f"{days} An answer today adds to it."


def _freezes(held: int) -> str:
    rule = (
        f"Every {DAYS_FOR_A_FREEZE} answered days without a miss earn you one, up to "
        f"{MOST_FREEZES}. A freeze covers a missed day automatically."
    )
    return f"You have {counted(held, 'freeze') if held else 'no freezes'}. {rule}"


def _line(day: StreakDay) -> str:
    return f"{day.date:%a} {day.date.isoformat()}: {WHAT_A_DAY_WAS[day.kind]}"


def _stretches(days: Sequence[StreakDay]) -> list[str]:
    """Return a line for all days in a row that were the same."""
    runs = [list(same) for _, same in groupby(days, key=lambda day: day.kind)]
    return [_line(run[0]) if len(run) == 1 else _stretch(run) for run in runs]


def _stretch(run: Sequence[StreakDay]) -> str:
    days = f"{run[0].date.isoformat()} to {run[-1].date.isoformat()}"
    return f"{days}, {counted(len(run), 'day')}: {WHAT_A_DAY_WAS[run[0].kind]}"
