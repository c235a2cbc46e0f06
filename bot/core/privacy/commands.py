"""What a person can type about what is known of them: /privacy and what may follow it."""

from typing import Final

from bot.core.commands import Command, Group, Kind, Parameter, Request, Syntax, Values
from bot.core.privacy import words as privacy_words
from bot.core.privacy.service import Privacy
from bot.core.rate_limits.model import Cost
from bot.core.reply import Attachment, Reply

PARAMETERS: Final = (
    Parameter(
        "what",
        "What to do; leave it out to read what is stored",
        Kind.CHOICE,
        {"export": "Export everything as a file", "delete": "Delete everything about me"},
    ),
    Parameter("code", "The code that you were given"),
    Parameter("file", "The file that the export goes to", Kind.PATH),
)


def privacy_commands(privacy: Privacy) -> tuple[Command, ...]:
    """Return the entry for the command table, over the use cases of privacy."""

    def run(request: Request) -> Reply:
        """Explain; or export into a file; or delete, with a code that the first call gives.

        Raises:
            NotConfirmed: the code does not fit; nothing was deleted.
        """
        user, code = request.user, request.text("code")
        match request.text("what"):
            case "export":
                document = privacy.export(user)
                name = request.text("file") or document.file_name
                return privacy_words.exported(Attachment(name, document.content))
            case "delete" if code:
                return privacy.delete(user, code)
            case "delete":
                return privacy.request_deletion(user)
        return privacy.explain()

    return (
        Command(
            "privacy",
            "read what is stored of you, take it with you, or delete it",
            run,
            PARAMETERS,
            Group.ACCOUNT,
            syntax=Syntax("[export [FILE] | delete]", read_step),
            costs=lambda request: Cost.EXPORT if request.text("what") == "export" else None,
        ),
    )


def read_step(typed: str) -> Values:
    """Return what was typed: a file behind an export, a code behind a deletion."""
    step, rest = (*typed.split(maxsplit=1), "", "")[:2]
    match step.casefold():
        case "export":
            return {"what": "export", "file": rest.strip()}
        case "delete":
            return {"what": "delete", "code": rest.strip()}
    return {}
