"""What is said on Discord only: the commands of practice, and the options of all."""

from collections.abc import Iterable

from bot.core.reply import Heading, Items, Paragraph, Reply

PRACTICE = (
    ("ask", "a question: the next one, one of a topic, or one about your words"),
    ("answer", "answer the current question, here or in a window"),
    ("hint", "help with the weightiest point you have not made, a little more each time"),
    ("reveal", "the reference answer and the key points"),
    ("skip", "put the question aside"),
    ("topics", "everything I can ask"),
    ("help", "what I can do"),
)
"""The commands of practice and what they do."""

WAYS_TO_ANSWER = (
    "Answer by the button, by /answer, by writing to me in private, or by mentioning me. "
    "Grades are for your eyes only."
)

OPTIONS = {
    "about": "A topic, a question, or your own words about what you want to practise",
    "text": "Your answer; leave it out for a window with more room",
    "picture": "With a picture of topics, trend and calendar (yes, unless you say no)",
    "ahead": "Practise what is not due yet; the schedule stays as it is",
    "topics": "Topics to be interviewed about, separated by spaces",
    "questions": "How many questions",
    "step": "Pause, resume or stop the interview under way, or see the report of the last one",
    "zone": "The city whose time is yours, such as Madrid",
    "day_starts": "The hour at which a new day begins for you",
    "reviews": "How many reviews a day brings at most",
    "reminders": "Whether I may write to you when something is due",
    "what": "What to do; leave it out to read what is stored",
    "code": "The code that you were given",
    "words": "What follows the command",
}
"""What each option of a command means, in at most 100 characters."""

STEPS = {
    "pause": "Pause",
    "resume": "Resume",
    "stop": "Stop and report",
    "report": "Report of the last one",
    "report picture": "Report as a picture",
}

PRIVACY = {"export": "Take everything with me as a file", "delete": "Delete everything of mine"}


def help_on_discord(commands: Iterable[tuple[str, str]]) -> Reply:
    """List the commands with what they do, and the ways to answer."""
    return Reply(
        (
            Heading("What I can do"),
            Items(tuple(f"/{name}: {summary}" for name, summary in commands)),
            Paragraph(WAYS_TO_ANSWER, quiet=True),
        )
    )
