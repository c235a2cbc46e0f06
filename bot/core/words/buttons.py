"""The few words on buttons, and what is said around them where there are buttons."""

from bot.core.command_refs import ref
from bot.core.reply import Action, Paragraph, Reply

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
NEXT_PAGE, PREVIOUS_PAGE = "More", "Back"
SEE_GRADE = "See my grade"

MODAL_TITLE = "Your answer"
MODAL_LABEL = "In your own words"
MODAL_PLACEHOLDER = "Say it as you would in an interview. A few sentences are enough."


def pages_gone() -> Reply:
    """Say that a long message can no longer be turned over."""
    return Reply((Paragraph("I can't turn that page any more: please ask again."),))


def old_button() -> Reply:
    """Say that a button comes from a version whose buttons are not understood any more."""
    return Reply(
        (Paragraph(f"That button is out of date. Type {ref('ask')} for a question."),),
        (Action.ASK,),
    )


RESTARTING = "I'm restarting"


def restarting() -> Reply:
    """Say that the coach is about to stop and will be back."""
    return Reply((Paragraph("I'm restarting. Try again in a minute; nothing is lost."),))


def graded_in_private() -> Reply:
    """Say in a channel that an answer has been graded, without saying how."""
    return Reply((Paragraph("Graded. Only you can see the feedback."),))
