"""What is said on Discord only."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.core.command_refs import ref
from bot.core.reply import Action, Heading, Items, Paragraph, Prompt, Reply
from bot.core.words.phrases import listed, shortened
from knowledge.question import Question

WAYS_TO_ANSWER = (
    f"Answer by the button, by {ref('answer')}, by writing to me in private, or by mentioning me. "
    "Grades are for your eyes only."
)

OPTIONS = {
    "zone": "The city whose time is yours, such as Madrid",
    "time": "When the question comes, such as 09:00",
    "days": "The weekdays on which it comes",
    "drawn_from": "Topics to draw from, separated by commas; all, unless you name some",
    "ping": "A role to mention with each question; nobody, unless you choose one",
    "thread": "The discussion of each question: for everybody, for who has answered, or none",
    "role": "The role of the champion; nobody gets one, unless you choose it",
    "channel": "The study channel; this one, unless you choose another",
}
"""What the options mean that are on Discord alone, in at most 100 characters."""

PICTURE = "As a picture"

DAYS = {
    "mon-fri": "Monday to Friday",
    "every day": "Every day",
    "mon, wed, fri": "Monday, Wednesday, Friday",
    "tue, thu": "Tuesday and Thursday",
    "weekend": "Saturday and Sunday",
}

DISCUSSIONS = {
    "open": "Below the question, for everybody",
    "answered": "Private, for those who have answered",
    "none": "None",
}

COACH = "Run the coach here; for those who manage the server"
OWN_QUESTIONS = "The questions of this server's own"
COACH_COMMANDS = {
    "setup": "Begin a daily question in a channel, or change the one it has",
    "status": "What is set up in a channel, and how it goes",
    "preview": "The next seven questions of a channel, for your eyes only",
    "pause": "Post nothing in a channel until it is resumed",
    "resume": "Go on with the daily question of a channel",
    "champion": "Give a role to whoever was first in a month; without a role, end that",
}
"""What is behind /coach, each in at most 100 characters."""

TEST_QUESTION = "Post a test question"
START, PAUSE, RESUME, PREVIEW = "Start", "Pause", "Resume", "Preview"
TIME_AND_ZONE = "Time and more…"

CHOOSE_CHANNEL = "The channel"
CHOOSE_DAYS = "The weekdays on which it comes"
CHOOSE_TOPICS = "Topics to draw from, or a role: all topics"
CHOOSE_ROLE = "A role to mention with each question: nobody"
"""What stands in a control in which nothing is chosen."""

AT_ONCE = "Each choice below holds at once."

CLOCK_TITLE = "When the question comes"
CLOCK_FIELDS = {
    "time": "Time, such as 09:00 or 6 pm",
    "zone": "City or time zone, such as Madrid",
    "open": "Hours until it closes, from 1 to 168",
    "level": "Difficulty, such as 3 or 2-4 (of 1 to 5)",
    "thread": "Discussion: on, off or answered (private)",
}
"""The fields of that window, by what /daily set calls them."""


def ways_to_answer(told: Reply) -> Reply:
    """Return help with the ways to answer on Discord."""
    return replace(told, blocks=(*told.blocks, Paragraph(WAYS_TO_ANSWER, quiet=True)))


def role_takes(easiest: int, hardest: int) -> str:
    """Say what choosing a role among the topics does."""
    return f"Its topics, at difficulty {easiest} to {hardest}"


def permissions_missing(channel: str, names: Sequence[str]) -> Reply:
    """Name what the coach may not do in a channel, and where to allow it."""
    return Reply(
        (
            Paragraph(
                f"Nothing was set up: in {channel} I lack the permission {listed(tuple(names))}."
                if len(names) == 1
                else f"Nothing was set up: in {channel} I lack the permissions "
                f"{listed(tuple(names))}."
            ),
            Paragraph(
                "Open the channel's settings, then Permissions, add my role there and allow them. "
                f"Then run {ref('coach setup')} again.",
                quiet=True,
            ),
        )
    )


def no_room_for_questions(channel: str) -> Reply:
    """Say that a channel is of a kind in which no question can be posted."""
    return Reply(
        (
            Paragraph(
                f"Nothing was set up: {channel} takes no messages with a thread below each. Choose "
                "a text or an announcement channel."
            ),
        )
    )


def unclear_in_window(choice: str, typed: str) -> str:
    """Say that a field of the window cannot be read, and where it is mended."""
    label = re.split(r"[,:(]", CLOCK_FIELDS[choice])[0].strip().casefold()
    said = (
        f"I cannot read “{shortened(typed)}” as the {label}" if typed else f"The {label} is empty"
    )
    return (
        f"{said}, and nothing was changed. Choose {TIME_AND_ZONE} again: what you typed is still "
        "there."
    )


def about_channel(name: str) -> Heading:
    """Name the channel that a panel is about."""
    return Heading(f"#{name}")


def plan_proposed(plan: Reply) -> Reply:
    """Say that nothing is stored yet, and what would be."""
    settings, *rest = plan.blocks[1:]
    return Reply(
        (
            Paragraph(
                "No daily question is set up here yet. This is what I propose; Start begins it, "
                "and so does your first choice below. Until then nothing is stored."
            ),
            settings,
            *rest,
        )
    )


MANAGE_ROLES_MISSING = (
    "I lack the permission Manage Roles: allow it to my role in the server's settings, under Roles."
)
ROLE_ABOVE_MINE = (
    "It does not stand below my own role: drag my role above it in the server's settings, under "
    "Roles."
)
ROLE_WITH_POWERS = (
    "It may do what only those in charge should, such as managing or removing something: choose a "
    "role that is an honour and nothing else."
)
ROLE_OF_NOBODY = "Discord or another app gives it to people, so nobody else can: choose another."

ROLE_OUT_OF_REACH = "I lack the permission Manage Roles, or the role does not stand below mine"
SERVER_UNSEEN = "I do not see the server at the moment"


def role_not_chosen(role: str, obstacles: Sequence[str]) -> Reply:
    """Say why a role cannot be that of the champion, and what helps."""
    return Reply(
        (
            Paragraph(f"Nothing was changed: {role} cannot be the champion's role."),
            Items(tuple(obstacles)),
        )
    )


def channel_is_gone() -> Reply:
    """Say that the channel of a panel is not there any more."""
    text = f"That channel is gone, or I cannot see it. Run {ref('coach setup')} in another one."
    return Reply((Paragraph(text),))


def role_is_silent(role: str) -> str:
    """Say that a role cannot be mentioned, and what to do about it."""
    return (
        f"The role {role} cannot be mentioned by me: allow anyone to mention it in its settings, "
        "or it is named without a sound."
    )


SET_UP = "Set up a daily question"


def server_welcome() -> Reply:
    """Greet a server that the coach has just joined, with the one thing to do next."""
    return Reply(
        (
            Heading("Thanks for inviting me"),
            Paragraph(
                "I ask machine-learning interview questions and grade answers by what they mean. A "
                "study channel gets one question a day. Whoever manages this server can set that "
                "up in two minutes with the button below, for any channel."
            ),
            Paragraph(
                f"Anybody here can practise right away with {ref('ask')}. Grades are private, and "
                f"{ref('help')} shows the rest.",
                quiet=True,
            ),
        )
    )


def question_to_try(question: Question) -> Reply:
    """Show in a channel what a question looks like there."""
    return Reply(
        (
            Heading("A test question"),
            Prompt(question.prompt),
            Paragraph(
                "Try it: answers are graded in private, and count on no leaderboard.", quiet=True
            ),
        ),
        (Action.ANSWER, Action.HINT),
        question.id,
    )


def question_to_try_posted() -> Reply:
    """Say that a test question was posted."""
    return Reply((Paragraph("The test question is there. Anybody in the channel can answer it."),))
