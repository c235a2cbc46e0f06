"""One person's conversation: a line comes in, replies go out. Knows nothing of keyboards."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext

from bot.core.accounts.model import PlatformUser
from bot.core.coach import words as coach_words
from bot.core.coach.service import Coach
from bot.core.commands import Command
from bot.core.communities.model import Place
from bot.core.errors import AnswerRejected, CoachError, GradingBusy, StorageError
from bot.core.reply import Paragraph, Quote, Reply
from bot.core.words.errors import sentence_of
from bot.platforms.apology import apology
from bot.platforms.terminal.output import Busy, Show
from knowledge.errors import KnowledgeError

QUIT = frozenset({"/quit", "/exit", "/q", "quit", "exit"})

News = Callable[[PlatformUser], tuple[Reply, ...]]
"""What a person has not heard yet; they have when it was returned."""


def no_news(_user: PlatformUser) -> tuple[Reply, ...]:
    """Return that nothing happened."""
    return ()


class Conversation:
    """Turn lines into calls of the coach, and replies and errors into something to read."""

    def __init__(  # noqa: PLR0913 each is one thing that a conversation is wired to
        self,
        coach: Coach,
        user: PlatformUser,
        show: Show,
        get_ready: Callable[[], None],
        busy: Busy = nullcontext,
        more: Sequence[Command] = (),
        place: Place | None = None,
        *,
        news: News = no_news,
    ) -> None:
        """Wire a conversation.

        Args:
            coach: the use cases.
            user: who talks.
            show: prints a reply.
            get_ready: begins to load the model in the background; called when a question is up.
            busy: shows that something takes its time, while it does.
            more: commands beside those of practice.
            place: where the person practises together with others.
            news: what happened while they were not there.
        """
        self._coach = coach
        self._place = place
        self._user = user
        self._show = show
        self._get_ready = get_ready
        self._busy = busy
        self.rejected: str | None = None
        self._owing = False
        self._news = news
        self._commands: dict[str, Callable[[str], Reply]] = {
            "ask": lambda about: self._asked(coach.ask(user, about, place)),
            "hint": lambda _: coach.hint(user),
            "reveal": lambda _: coach.reveal(user),
            "skip": lambda _: coach.skip(user),
            "progress": lambda _: coach.progress(user),
            "topics": lambda _: coach.topics(user, place),
            "help": lambda _: coach_words.help_for(more),
        }
        self._commands |= {command.name: self._runs(command) for command in more}

    @property
    def commands(self) -> tuple[str, ...]:
        """The names of all commands, without the slash."""
        return (*self._commands, "quit")

    def begin(self) -> None:
        """Greet, tell what happened meanwhile, and deliver grades that are owing."""
        reply = self._coach.welcome(self._user)
        self._show(reply)
        if reply.question_id is not None:
            self._get_ready()
        self._tell()
        if self._coach.has_pending():
            self._deliver()

    def handle(self, line: str) -> bool:
        """Act on one line; return False when the person wants to leave.

        News, and a grade that a busy grader left owing, come before the reply to the line.
        """
        self.rejected = None
        text = line.strip()
        if text.casefold() in QUIT:
            return False
        self._tell()
        if self._owing:
            self._deliver()
        if text.startswith("/"):
            self._answered(lambda: (self._command(text),))
        elif text:
            self._answered(lambda: (self._submit(line.strip("\n")),))
        return True

    def _tell(self) -> None:
        """Show what the person has not heard yet."""
        self._answered(lambda: self._news(self._user))

    def _deliver(self) -> None:
        """Show the grades that are owing; those of a grader that is still busy stay so."""

        def owed() -> tuple[Reply, ...]:
            replies = self._coach.grade_pending(self._user)
            self._owing = self._owing and self._coach.has_pending()
            return replies

        self._answered(owed)

    def _command(self, text: str) -> Reply:
        name, rest = (*text[1:].split(maxsplit=1), "", "")[:2]
        command = self._commands.get(name.casefold())
        return command(rest) if command else coach_words.unknown_command(name)

    def _submit(self, answer: str) -> Reply:
        try:
            return self._coach.submit_answer(self._user, answer)
        except StorageError:
            self.rejected = answer
            raise

    def _runs(self, command: Command) -> Callable[[str], Reply]:
        def run(rest: str) -> Reply:
            reply = command.run(self._user, self._place, rest)
            return self._asked(reply) if command.asks else reply

        return run

    def _asked(self, reply: Reply) -> Reply:
        self._get_ready()
        return reply

    def _answered(self, act: Callable[[], tuple[Reply, ...]]) -> None:
        """Show what the act returns; an error is a sentence, and a refused text is given back."""
        try:
            with self._busy():
                replies = act()
            for reply in replies:
                self._show(reply)
        except AnswerRejected as problem:
            self.rejected = problem.text
            self._show(Reply((Paragraph(sentence_of(problem)), Quote(problem.text))))
        except (CoachError, KnowledgeError) as problem:
            self._owing = self._owing or isinstance(problem, GradingBusy)
            self._show(Reply((Paragraph(sentence_of(problem)),)))
        except Exception as problem:  # noqa: BLE001 apology logs it
            self._show(apology(problem))
