"""Sentences on Slack's forms: labels, hints, and what came of them."""

from typing import Final

from bot.core.communities.model import Visibility
from bot.core.safe_text import one_line

CHOOSE: Final = "Choose"
SAVE: Final = "Save"
ON_IT: Final = "I'm on it. If you close this, I'll tell you in a message."
YES_LABEL: Final = "Yes"
SENT_BEFORE: Final = "I already have this. One moment, please."
ZONE: Final = "Time zone"

SETTINGS: Final = "Settings"
VISIBILITY: Final = "On leaderboards"
VISIBILITY_HINT: Final = "What others in this workspace see of you. Your grades stay yours alone."
NOT_CHOSEN: Final = "Not chosen yet: nobody sees you"
APPEARANCES: Final = {
    Visibility.NAMED.value: "With my name",
    Visibility.ANONYMOUS.value: "Anonymous, under a made-up name",
    Visibility.HIDDEN.value: "Hidden",
}
QUOTES: Final = "When a question closes"
MAY_QUOTE: Final = "My answers may be quoted"

BRING: Final = "Add questions"
ADD: Final = "Add"
FILES: Final = "Files with questions"
FILES_HINT: Final = "Markdown, YAML or CSV. All questions of a file are added, or none."
SEND_FILES: Final = "Questions come as files: attach them to the form."
SET_UP_BY_FORM: Final = "The daily question of a channel is set up by a form."
SIMILAR: Final = "Where a question is much like one that is there"
ADD_ANYWAY: Final = "Add it anyway"
NOT_SLACKS: Final = "Slack names no address of its own for it"
NOT_ALLOWED: Final = "the app may not read files; reinstall it from its current manifest"
NOT_HANDED_OUT: Final = "Slack did not hand it out"

PICTURE_HERE: Final = "Show the picture here"
PICTURE_ANEW: Final = "Redraw the picture"

ROLE: Final = "Role"
NO_ROLE: Final = "Choose one to fill in its topics"
ROLE_HINT: Final = "Fills in the topics and the difficulty below, and you can change both."

LEVEL: Final = "Difficulty"
LEVEL_HINT: Final = "From 1 to 5, such as 3 or 2-4."
GROUP: Final = "User group to mention"
GROUP_HINT: Final = "Type @ and its name. Left empty, nobody is mentioned."
DISCUSSION: Final = "Discussion"
OPEN_THREAD: Final = "Talk about the question in its thread"


def in_place_of(name: str) -> str:
    """Say whose place the question in a file takes."""
    return f"One question, which takes the place of {one_line(name)}."
