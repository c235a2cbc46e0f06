"""Sentences that only Slack needs: on buttons and forms, in Home, and where its limits show."""

from dataclasses import replace
from typing import Final

from bot.core.command_refs import ref
from bot.core.reply import Action, Choice, Heading, Items, Paragraph, Reply
from bot.core.words.buttons import LABELS
from bot.core.words.phrases import counted, listed, shortened

OPENS_SET_UP: Final = "coach:set_up"
"""action_id of the buttons that open the form for a channel."""

BUT: Final = "But"
WHY: Final = "Why"
NOTHING_TO_SHOW: Final = "There is nothing to show here yet."


def button_label(action: Action) -> str:
    """Return what stands on the button of an action."""
    return LABELS.get(action) or action.value.replace("_", " ").capitalize()


def left_out(parts: int) -> str:
    """Say that a message goes on, but is not shown to its end."""
    return (
        f"{counted(parts, 'more part')} would follow; this is too long for Slack. "
        "Ask for a part of it, such as one topic."
    )


COACH: Final = "Interview coach"
YOUR_ANSWER: Final = "Your answer"
PLACEHOLDER: Final = "A few sentences, as you would say them in an interview"
ANSWER_HINT: Final = "In your own words; only you see the grade."
SUBMIT: Final = "Send"
CLOSE: Final = "Close"
ASK_ME: Final = "Ask me a question"
ASK: Final = "Ask me"
ABOUT_WHAT: Final = "About what?"
ABOUT_HINT: Final = "A topic, a question, or words of your own. Leave it empty for the next one."
ANYTHING: Final = "Whatever I need most"
A_MOMENT: Final = "One moment"
GRADING: Final = "I'm grading your answer. You can close this; the grade will come as a message."
LOOKING: Final = "I'm looking for a question."
APP_SUMMARY: Final = "Practise for machine-learning interviews, graded by meaning"
COMMAND_SUMMARY: Final = "Practise for interviews: ask, answer, hint, progress and more"
ASK_ME_SUMMARY: Final = "Get an interview question to answer in your own words"
ANSWER_MESSAGE: Final = "Answer this question"
GRADE_MESSAGE: Final = "coach:grade_message"
"""callback_id of the shortcut by which somebody's own message becomes their answer."""
GRADE_MESSAGE_SUMMARY: Final = "Take your own message as your answer and get it graded"
ANSWER_MESSAGE_SUMMARY: Final = "Answer the question in this message and get it graded"
TOO_LATE: Final = "That took too long, and Slack gave up on the form. Please click again."
UNOPENED: Final = "Slack didn't open the form just now. Please try again in a moment."
NOT_INSTALLED: Final = (
    "The coach is not installed in this workspace, or was removed. Ask those who run it for the "
    "link that installs it."
)


INSTALLED: Final = "The interview coach is in your workspace"
OPEN_SLACK: Final = "Open the coach in Slack"
NOT_INSTALLED_TRY_AGAIN: Final = "The coach was not installed"
NOT_FOR_AN_ORGANISATION: Final = (
    "I can be installed in one workspace at a time, and not yet for all workspaces of an "
    "organisation. Please install me from inside the workspace that wants to practise."
)
NOT_INSTALLED_BECAUSE: Final = {
    "access_denied": (
        "You chose not to install me, so nothing was changed. Open the link again whenever you "
        "change your mind."
    ),
    "invalid_browser": (
        "This page was opened in another browser than the one you began in. Please open the link "
        "that installs me again, and stay in one browser."
    ),
    "invalid_state": (
        "The link was used before or has expired after ten minutes. Please open the link that "
        "installs me again."
    ),
    "": "Slack did not confirm it. Please open the link that installs me again.",
}
"""Why an installation came to nothing, by bolt's word for it."""

APP_DESCRIPTION: Final = (
    "The coach asks questions from machine-learning interviews and grades answers in your own "
    "words by what they mean: which points you made, which you missed, and what was wrong, with "
    "your own sentences as evidence. Type /coach ask for a question, or set up a channel that "
    "gets one every day. Your answers and grades are yours alone, and you choose whether "
    "leaderboards show you. What you write is graded on the machine that runs the coach, and sent "
    "nowhere else."
)


def installed_in(workspace: str) -> str:
    """Say where the app is now, and what comes next."""
    where = f"I am in {workspace} now" if workspace else "I am in your workspace now"
    return f"{where}. I have sent you a message in Slack that says what to do next."


def installer_welcome() -> Reply:
    """Greet whoever installed the app, with the one thing to do next."""
    return Reply(
        (
            Heading("Thanks for inviting me"),
            Paragraph(
                "I ask machine-learning interview questions and grade answers by what they mean. "
                "A study channel gets one question a day: invite me there with /invite @coach, "
                "and then set the channel up. It takes two minutes."
            ),
            Paragraph(
                f"Anybody here can practise right away with {ref('ask')}. Grades are private.",
                quiet=True,
            ),
        ),
        (Action.ASK,),
        choices=(Choice(SET_UP, OPENS_SET_UP),),
    )


def more_help(reply: Reply) -> Reply:
    """Return help with what is on Slack alone."""
    more = (
        Items((f"{ref('setup')}: for hosts, set up the daily question of a channel by a form",)),
        Paragraph(
            "You can also write to me in a direct message, mention me in a channel, or choose "
            "“Answer this question” in the menu of a message. My Home tab shows how you do.",
            quiet=True,
        ),
    )
    return replace(reply, blocks=(*reply.blocks, *more), actions=(Action.ASK, Action.TOPICS))


def mistyped(command: str, name: str, meant: str, rest: str) -> Reply:
    """Say that there is no such command, and which one was probably meant."""
    said = f"There is no {command} {shortened(name)}."
    if meant:
        whole = f"{command} {meant} {shortened(rest)}".rstrip()
        return Reply((Paragraph(f"{said} Did you mean {whole}?"),))
    return Reply((Paragraph(f"{said} {command} help lists everything."),))


def about_words(said: str) -> str:
    """Return the choice to be asked about somebody's own words."""
    return f"About “{said}”"


REFUSALS: Final = {
    "not_in_channel": "I am not in that channel; type /invite @coach there",
    "channel_not_found": "I cannot see that channel; if it is private, type /invite @coach there",
    "is_archived": "that channel is archived; choose another one, or open it again",
    "restricted_action": "the workspace lets only some people post there",
    "restricted_action_read_only_channel": "the workspace lets only some people post there",
    "restricted_action_thread_only_channel": "in that channel I may only answer in threads",
    "restricted_action_non_threadable_channel": "that channel has no threads",
    "channel_is_limited_access": "the workspace lets only some people post there",
    "no_permission": "the workspace does not let me do that there",
    "messages_tab_disabled": "the app takes no messages; reinstall it from its current manifest",
    "token_expired": "Slack does not accept the token any more; reinstall the app",
    "missing_scope": "the app lacks a permission; reinstall it from its current manifest",
    "invalid_auth": "Slack does not accept the token; reinstall the app",
    "token_revoked": "the app was removed from the workspace",
    "account_inactive": "the app was removed from the workspace",
    "user_not_found": "Slack does not know that person any more",
    "user_disabled": "that account is deactivated",
    "cannot_dm_bot": "that account is a bot",
    "ratelimited": "Slack takes no more from me for the moment",
}
NOT_THERE: Final = "the app is not installed in that workspace"
UNANSWERED: Final = "Slack did not answer"
UNCERTAIN: Final = "the connection broke, and Slack does not let me see whether the message arrived"


def refusal(error: str, needed: str = "") -> str:
    """Return why Slack did not take a message, by its word for it and the scopes it needed."""
    if error == "missing_scope" and needed:
        named = listed(tuple(each.strip() for each in needed.split(",")))
        return f"the app lacks the permission {named}; reinstall it from its current manifest"
    return REFUSALS.get(error) or f"Slack says {error}"


def file_not_sent(error: str) -> Reply:
    """Say that a file did not arrive, and why; without an error Slack did not answer."""
    why = refusal(error) if error else UNANSWERED
    return Reply((Paragraph(f"I couldn't send you the file: {why}."),))


PICTURE: Final = "Send me the picture"
REVIEW: Final = "Review what is due"
ALL_FIGURES: Final = "All figures"
STREAK_WHY: Final = "My streak"
BOARD: Final = "Leaderboard"
SEEN: Final = "What others see"
YOUR_DATA: Final = "My data"
MORE: Final = "More"
A_CHANNEL: Final = "channel"
NO_CHANNEL_YET: Final = (
    "No channel has a daily question yet. Invite me to one with /invite @coach, then set it up."
)
FOR_HOSTS: Final = "For hosts"
SET_UP: Final = "Set up a channel"
APPEALS: Final = "Appeals"
FLAGS: Final = "Flagged questions"
QUESTIONS: Final = "Own questions"
PREVIEW: Final = "Preview"
PAUSE: Final = "Pause"
RESUME: Final = "Resume"
CHANNEL: Final = "Channel"
CHANNEL_HINT: Final = "I have to be in it: type /invite @coach there first."
TIME: Final = "Time of the question"
ZONE: Final = "Time zone"
WEEKDAYS: Final = "Days"
TOPICS_TO_DRAW_FROM: Final = "Topics"
ALL_TOPICS: Final = "All, unless you choose some"
OPEN_HOURS: Final = "Hours until it closes"
OPEN_HOURS_HINT: Final = "A whole number from 1 to 168."
SAVE: Final = "Save"
BOARD_CHOICES: Final = (
    Choice("Today", "leaderboard day"),
    Choice("This week", "leaderboard week"),
    Choice("This month", "leaderboard month"),
    Choice("All time", "leaderboard all"),
    Choice("As a picture", "leaderboard picture"),
)
