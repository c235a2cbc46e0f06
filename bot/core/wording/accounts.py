"""Messages about accounts and settings, and what can go wrong with them."""

from bot.core.errors.accounts import (
    LinkToSelf,
    TooManyTries,
    UnclearValue,
    UnknownCode,
    UnknownSetting,
)
from bot.core.errors.base import OutOfRange, UnknownZone
from bot.core.learner import LATEST_DAY_START, MOST_REVIEWS_A_DAY, LearnerSettings
from bot.core.linking import MINUTES_VALID, spelled
from bot.core.reply import Heading, Items, Paragraph, Reply
from bot.core.wording.errors import sentence_of
from bot.core.wording.phrases import counted, listed, shortened

SETTING_NAMES = {
    "day_starts": "the hour at which your day starts",
    "reviews_a_day": "the number of reviews a day",
    "interview_questions": "a number of questions",
    "weekdays": "a number of weekdays",
    "weekday": "weekdays, counted from Monday as 0,",
    "level": "a difficulty",
    "season_day": "the day of the month on which seasons begin",
    "retention_days": "the days for which texts are kept",
    "open_hours": "the hours until a question closes",
}

HOW_TO_SET = {
    "zone": "/settings zone Berlin",
    "day_starts": f"/settings day-starts 4 (an hour from 0 to {LATEST_DAY_START})",
    "reviews_a_day": f"/settings reviews 20 (a number from 1 to {MOST_REVIEWS_A_DAY})",
    "reminders": "/settings reminders on (or off)",
}


def settings(chosen: LearnerSettings, *, saved: bool = False) -> Reply:
    """Show what the learner chose, and how to change it."""
    zone = chosen.zone or "not chosen, so days are those of UTC"
    return Reply(
        (
            Heading("Saved. Your settings" if saved else "Your settings"),
            Items(
                (
                    f"Time zone: {zone}",
                    f"Your day starts at {chosen.day_starts:02}:00",
                    f"At most {counted(chosen.reviews_a_day, 'review')} a day",
                    f"Reminders: {'on' if chosen.reminders else 'off'}",
                )
            ),
            Paragraph(f"To change one, type for instance {listed(_EXAMPLES, 'or')}.", quiet=True),
            Paragraph("What others see of you: /visibility shows and changes it.", quiet=True),
        )
    )


_EXAMPLES = tuple(how.partition(" (")[0] for how in HOW_TO_SET.values())


def link_code(code: str) -> Reply:
    """Show the code and where to use it."""
    return Reply(
        (
            Paragraph(f"Your code is {spelled(code)}."),
            Paragraph(
                f"Within {MINUTES_VALID} minutes, send /link {spelled(code)} from your other "
                "account. Your records then become one. Give the code to nobody else: whoever uses "
                "it shares your record.",
                quiet=True,
            ),
        )
    )


def linked() -> Reply:
    """Say that two accounts are one now."""
    return Reply(
        (Paragraph("Both accounts are linked. From now on they share one record and progress."),)
    )


@sentence_of.register
def _(problem: UnknownZone) -> str:
    words = shortened(problem.words)
    near = f" The nearest I know: {listed(problem.nearest, 'or')}." if problem.nearest else ""
    return (
        f"I know no time zone {words!r}, or more than one.{near} Name a zone such as "
        "Europe/Berlin, or a large city in it."
    )


@sentence_of.register
def _(problem: OutOfRange) -> str:
    name = SETTING_NAMES.get(problem.setting, problem.setting)
    return (
        f"The number {problem.value} does not fit, and nothing was changed. Choose {name} "
        f"from {problem.least} to {problem.most}."
    )


@sentence_of.register
def _(problem: UnknownSetting) -> str:
    return (
        f"I know no setting {shortened(problem.words)!r}, and nothing was changed. Type "
        f"{listed(_EXAMPLES, 'or')}; /settings alone shows what is set."
    )


@sentence_of.register
def _(problem: UnclearValue) -> str:
    what = f"I cannot read {shortened(problem.words)!r}" if problem.words else "A value is missing"
    return f"{what}, and nothing was changed. Type {HOW_TO_SET[problem.setting]}."


@sentence_of.register
def _(_: UnknownCode) -> str:
    return (
        f"That code is not valid. A code serves once and for {MINUTES_VALID} minutes: get a new "
        "one with /link on your other account, and copy it whole."
    )


@sentence_of.register
def _(_: LinkToSelf) -> str:
    return "These accounts are linked already, so nothing was changed."


@sentence_of.register
def _(problem: TooManyTries) -> str:
    return (
        "There were too many codes that are not valid. Try again after "
        f"{problem.again_at:%H:%M} UTC, with a new code."
    )
