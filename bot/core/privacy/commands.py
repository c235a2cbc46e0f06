"""What a person can type about what is known of them: /privacy and what may follow it."""

from bot.core.accounts.model import PlatformUser
from bot.core.commands import Command
from bot.core.communities.model import Place
from bot.core.privacy import words as privacy_words
from bot.core.privacy.ports import Files
from bot.core.privacy.service import Privacy
from bot.core.reply import Reply


class PrivacyCommands:
    """/privacy, over the use cases of privacy."""

    def __init__(self, privacy: Privacy, files: Files) -> None:
        self._privacy = privacy
        self._files = files

    def commands(self) -> tuple[Command, ...]:
        """Return the entry for the command table."""
        return (
            Command(
                "privacy",
                "[export [FILE] | delete]",
                "read what is stored of you, take it with you, or delete it",
                self.privacy,
            ),
        )

    def privacy(self, user: PlatformUser, _place: Place | None, words: str) -> Reply:
        """Explain; or export into a file; or delete, with a code that the first call gives.

        Raises:
            FileNotWritten: the file exists already, or may not be written.
            NotConfirmed: the code does not fit; nothing was deleted.
        """
        step, rest = (*words.split(maxsplit=1), "", "")[:2]
        match step.casefold():
            case "export":
                document = self._privacy.export(user)
                name = rest.strip() or document.file_name
                return privacy_words.exported(self._files.save(user, name, document.content))
            case "delete" if rest.strip():
                return self._privacy.delete(user, rest)
            case "delete":
                return self._privacy.request_deletion(user)
        return self._privacy.explain()
