"""What stands on an overview: today's question, the next one, the last grades."""

from collections.abc import Iterable, Iterator, Sequence

from bot.core.daily.words import moment
from bot.core.overview.model import LastGrade, Today
from bot.core.reply import Bar, Bars, Block, Choice, Heading, Paragraph, Reply
from bot.core.words.phrases import percent, shortened


def overview(today: Sequence["Today"], last: Sequence["LastGrade"]) -> Reply:
    """Show what is open and when more comes, then the last grades."""
    blocks: list[Block] = [Heading("Today")]
    for each in today:
        blocks += _today(each)
    if not today:
        blocks.append(Paragraph("No channel here has a daily question yet.", quiet=True))
    blocks.append(Heading("Your last grades"))
    blocks += _grades(last)
    is_open = any(each.question is not None for each in today)
    choices = [Choice("Today's question", "daily")] if is_open else []
    if last:
        choices.append(Choice("See the last feedback", f"feedback {last[0].attempt_id}"))
    return Reply(tuple(blocks), choices=tuple(choices))


def _today(today: "Today") -> Iterator[Block]:
    if today.question is not None:
        yield Paragraph(f"#{today.channel}: {today.question}")
        yield Paragraph(" ".join(_state(today)), quiet=True)
    elif today.next_at is None:
        yield Paragraph(f"#{today.channel} is paused.", quiet=True)
    else:
        yield Paragraph(
            f"#{today.channel} has no open question. The next one comes {moment(today.next_at)}.",
            quiet=True,
        )


def _state(today: "Today") -> Iterator[str]:
    attempt = today.attempt
    if attempt is None:
        yield "You have not answered it yet."
    elif attempt.grade is None:
        yield "Your answer is being graded."
    else:
        yield f"You answered it: {percent(attempt.grade.score)}."
    if today.closes_at is not None:
        yield f"It closes {moment(today.closes_at)}."
    if today.next_at is not None:
        yield f"The next one comes {moment(today.next_at)}."


def _grades(last: Iterable["LastGrade"]) -> Iterator[Block]:
    rows = tuple(
        Bar(
            f"{each.at:%d %b}",
            each.grade.score,
            f"{percent(each.grade.score)} · {shortened(each.question)}",
        )
        for each in last
    )
    yield Bars(rows) if rows else Paragraph("You have no graded answers yet.", quiet=True)
