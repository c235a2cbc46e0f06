"""The few words on buttons, and what is said around them where there are buttons."""

from dataclasses import replace

from bot.core.command_refs import ref
from bot.core.reply import Action, Choice, Paragraph, Quote, Reply

LABELS = {
    Action.ANSWER: "Answer",
    Action.ASK: "Next question",
    Action.HINT: "Hint",
    Action.REVEAL: "Reveal",
    Action.SKIP: "Skip",
    Action.RETRY: "Try again",
    Action.PROGRESS: "My progress",
    Action.TOPICS: "Topics",
}

EDIT = "Edit my answer"
EDIT_FORM = "Edit and send again"
GRADE_MESSAGE = "Grade this as my answer"
"""What stands in the menu of a message."""

NEXT_PAGE, PREVIOUS_PAGE = "More", "Back"
SEE_GRADE = "See my grade"

MODAL_TITLE = "Your answer"
MODAL_LABEL = "In your own words"
MODAL_PLACEHOLDER = "Say it as you would in an interview. A few sentences are enough."


DETAILS = "Details"

AT_ONCE = frozenset({Action.RETRY, Action.ASK})
"""What most people do next after feedback; the rest stands with the details."""


def brief(reply: Reply) -> Reply:
    """Return what of a reply fits a phone, with its details behind a button, where it has any."""
    if not reply.brief:
        return reply
    asked = [
        each for block in reply.brief if isinstance(block, Paragraph) for each in block.choices
    ]
    return replace(
        reply,
        blocks=reply.brief,
        actions=tuple(action for action in reply.actions if action in AT_ONCE),
        choices=(*asked, Choice(DETAILS, reply.whole)),
        brief=(),
    )


def pages_gone() -> Reply:
    """Say that a long message can no longer be turned over, and how to see it again."""
    how = (
        f"I've restarted since, so I can't turn that page any more. What you have stays there; "
        f"{ref('feedback')} and {ref('reveal')} show the whole again."
    )
    return Reply((Paragraph(how),))


def old_button() -> Reply:
    """Say that a button comes from a version whose buttons are not understood any more."""
    return Reply(
        (Paragraph(f"That button is out of date. Type {ref('ask')} for a question."),),
        (Action.ASK,),
    )


def old_window(text: str) -> Reply:
    """Give back what was written in a window of a version whose windows are not understood."""
    said = f"That window is out of date, so I haven't taken this. {ref('answer')} opens a new one."
    return Reply((Paragraph(said), *((Quote(text),) if text.strip() else ())))


TOO_LARGE = "That's longer than I can take. Please shorten it and send it again."


def too_large() -> Reply:
    """Say of what is larger than the platform lets anybody send that it was left alone."""
    return Reply((Paragraph(TOO_LARGE),))


RESTARTING = "I'm restarting"


def restarting() -> Reply:
    """Say that the coach is about to stop and will be back."""
    return Reply((Paragraph("I'm restarting. Try again in a minute; nothing is lost."),))


def interrupted() -> Reply:
    """Say to what was cut off by an end of the program what became of it, and what to do."""
    return Reply((Paragraph("I was restarted just then. Please try that again."),))


def graded_in_private() -> Reply:
    """Say in a channel that an answer has been graded, without saying how."""
    return Reply((Paragraph("Graded. Only you can see the feedback."),))
