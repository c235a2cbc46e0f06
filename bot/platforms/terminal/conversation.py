"""One person's conversation: a line comes in, replies go out. Knows nothing of keyboards."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from bot.core.accounts.model import PlatformUser
from bot.core.coach import words as coach_words
from bot.core.coach.own_view import OwnViews
from bot.core.communities.model import Place
from bot.core.reply import Items, Reply
from bot.core.text_commands import nearest
from bot.platforms.front_desk import About, Act, FrontDesk, Outcome
from bot.platforms.terminal.claims import Claims, with_claims
from bot.platforms.terminal.files import kept, with_files
from bot.platforms.terminal.output import Busy, Show

QUIT = frozenset({"/quit", "/exit", "/q", "quit", "exit"})

News = Callable[[PlatformUser], tuple[Reply, ...]]
"""What a person has not heard yet; they have when it was returned."""


def no_news(_user: PlatformUser) -> tuple[Reply, ...]:
    """Return that nothing happened."""
    return ()


def with_more(reply: Reply) -> Reply:
    """Return help with what else can be typed."""
    more = Items(tuple(f"{typed}: {meaning}" for typed, meaning in coach_words.AROUND))
    return replace(reply, blocks=(*reply.blocks, more))


class Conversation:
    """Turn lines into calls of the front desk, and replies into something to read."""

    def __init__(  # noqa: PLR0913 where it takes place, and all but four have a default
        self,
        desk: FrontDesk,
        user: PlatformUser,
        show: Show,
        get_ready: Callable[[], None],
        busy: Busy = nullcontext,
        place: Place | None = None,
        *,
        news: News = no_news,
        files: Path = Path(),
        own_views: OwnViews | None = None,
    ) -> None:
        """Wire a conversation.

        Args:
            desk: runs the use cases.
            user: who talks.
            show: prints a reply.
            get_ready: begins to load the model in the background; called when a question is up.
            busy: shows that something takes its time, while it does.
            place: where the person practises together with others.
            news: what happened while they were not there.
            files: the folder of what they export.
            own_views: keeps which points they say they made.
        """
        self._desk = desk
        self._place = place
        self._user = user
        self._show = show
        self._get_ready = get_ready
        self._busy = busy
        self.rejected: str | None = None
        self._owing = False
        self._news = news
        self._files = files
        self._own_views = own_views
        self._claims: Claims = {}

    @property
    def commands(self) -> tuple[str, ...]:
        """The names of all commands, without the slash."""
        shown = (name for name, each in self._desk.commands.items() if not each.hidden)
        return (*dict.fromkeys(name.split()[0] for name in shown), "quit")

    @property
    def keys(self) -> frozenset[str]:
        """The keys that stand for a whole line just now."""
        return frozenset(self._claims)

    def begin(self) -> None:
        """Greet, tell what happened meanwhile, and deliver grades that are owing."""
        reply = self._desk.coach.welcome(self._user)
        self._show(reply)
        if reply.question_id is not None:
            self._get_ready()
        self._tell()
        if self._desk.coach.has_pending():
            self._deliver()

    def handle(self, line: str) -> bool:
        """Act on one line; return False when the person wants to leave.

        News, and a grade that a busy grader left owing, come before the reply to the line.
        """
        self.rejected = None
        text = line.strip()
        claimed = self._claims.get(text)
        if claimed is not None and self._own_views is not None:
            turn, claim = self._own_views.turn, claimed
            self._show(self._outcome(lambda: turn(self._user, *claim)).reply)
            return True
        self._claims = {}
        if text.casefold() in QUIT:
            return False
        self._tell()
        if self._owing:
            self._deliver()
        if text.startswith("/"):
            self._answered(lambda: self._command(text))
        elif text:
            self._submit(line.strip("\n"))
        return True

    def _tell(self) -> None:
        """Show what the person has not heard yet."""
        self._each(lambda: self._news(self._user))

    def _deliver(self) -> None:
        """Show the grades that are owing; those of a grader that is still busy stay so."""

        def owed() -> tuple[Reply, ...]:
            replies = self._desk.coach.grade_pending(self._user)
            self._owing = self._owing and self._desk.coach.has_pending()
            return replies

        self._each(owed)

    def _command(self, text: str) -> Reply:
        ordered = self._desk.ordered(text[1:], self._user, self._place)
        if ordered is None:
            name = text[1:].partition(" ")[0]
            return coach_words.unknown_command(name, nearest(name, self.commands))
        command, request = ordered
        reply = kept(command.run(with_files(command, request)), self._files)
        if command.asks:
            self._get_ready()
        return with_more(reply) if command.name == "help" else reply

    def _submit(self, answer: str) -> None:
        def heard() -> Reply:
            return self._desk.hear(self._user, self._place, About(), answer)()

        self._answered(heard, answer)

    def _each(self, act: Callable[[], tuple[Reply, ...]]) -> None:
        """Show every reply, or what went wrong."""
        replies: list[Reply] = []

        def first() -> Reply:
            replies.extend(act())
            return Reply(())

        outcome = self._outcome(first)
        for reply in replies or ([outcome.reply] if outcome.reply.blocks else []):
            self._show(reply)

    def _answered(self, act: Act, answer: str | None = None) -> None:
        """Show the reply; a refused text is given back, and kept to be edited."""
        outcome = self._outcome(act, answer)
        self.rejected = outcome.draft
        reply = outcome.reply
        if self._own_views is not None:
            reply, self._claims = with_claims(reply)
        self._show(reply)

    def _outcome(self, act: Act, answer: str | None = None) -> Outcome:
        with self._busy():
            outcome = self._desk.outcome(act, answer=answer)
        self._owing = self._owing or outcome.stored
        return outcome
