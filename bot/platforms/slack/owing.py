"""What another run acknowledged and did not finish: forms at "one moment", grades not shown.

An answer is stored with the place where its grade is owed; a form is kept as it was sent until what
it asks for is done. Of all else, as a command or a click, the place is kept where its reply goes:
there somebody is told to try again. All are taken up at the start, before anything new comes, and
later when a program dies that serves the same app; what one is at that still runs is left to it.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from slack_bolt import BoltContext
from slack_sdk import WebClient

from bot.core.coach.late_grades import IN_WORK
from bot.core.deduplication import OWED, EventDeduplicator, Left
from bot.core.words.buttons import interrupted
from bot.platforms.slack.answers import Answers
from bot.platforms.slack.clients import TokenOf
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.incoming import KEY, Incoming, is_said, team_of
from bot.platforms.slack.later import Event, Later
from bot.platforms.slack.opening import outlets_of
from bot.platforms.slack.outlets import Showing

Json = dict[str, Any]

ANSWERS: Final = f"{OWED}slack:"
FORMS: Final = "slack:view:"
REST: Final = ("slack:trigger:", "slack:event:")
"""What the keys begin with of grades that are owed, of forms that were sent, and of all else."""

FORGOTTEN: Final = timedelta(minutes=30)
"""So old, nobody waits any more; only a form that is still open is seen to."""

Submitted = Callable[[Any, Json, BoltContext], None]
"""Takes a form: how it is acknowledged, its body, and who sent it."""

ClientOf = Callable[[str | None], WebClient]
"""Makes what speaks to Slack with a token."""

log = logging.getLogger(__name__)


def owed_in(body: Json, context: BoltContext) -> str:
    """Return what a later run needs of something that people did; nothing where it owes nothing.

    It is a form that was sent, as it is taken up again, or where else a reply goes. What a click
    was made in stays as it is.
    """
    if body.get("type") != "view_submission":
        event = body.get("event")
        if event is None:
            return replace(Incoming.of(context, body), view_id="").packed
        return Incoming.said(context, event).packed if is_said(event) else ""
    kept = ("id", "callback_id", "private_metadata", "state")
    view = {name: body["view"].get(name) for name in kept}
    return json.dumps({"team": team_of(context), "user": context.user_id, "view": view})


class Owing:
    """Finish what another run acknowledged."""

    def __init__(
        self,
        deliveries: EventDeduplicator,
        later: Later,
        answers: Answers,
        forms: Mapping[str, Submitted],
        dialect: Dialect,
    ) -> None:
        """Wire it; `forms` are those that may be taken twice, by their callback_id."""
        self._deliveries = deliveries
        self._later = later
        self._answers = answers
        self._forms = forms
        self._dialect = dialect
        self._missed: frozenset[str] = frozenset()

    def resume(self, token_of: TokenOf, client_of: ClientOf) -> None:
        """Take up in the background what an earlier run left."""
        for left in self._left(at_start=True):
            self._take_up(left, token_of, client_of)

    def take_over(self, token_of: TokenOf, client_of: ClientOf) -> None:
        """Take up what a program left that has died since.

        It has to be missed at two calls in a row: after an outage of the database everybody is
        gone for a moment.
        """
        left = self._left(at_start=False)
        missed, self._missed = self._missed, frozenset(each.key for each in left)
        for each in left:
            if each.key in missed:
                self._take_up(each, token_of, client_of)

    def _left(self, *, at_start: bool) -> tuple[Left, ...]:
        every = (ANSWERS, FORMS, *REST)
        found = (each for p in every for each in self._deliveries.left(p, at_start=at_start))
        return tuple(each for each in found if each.about)

    def _take_up(self, left: Left, token_of: TokenOf, client_of: ClientOf) -> None:
        if not self._deliveries.take_over(left):
            return
        if left.key.startswith(ANSWERS):
            number, _, packed = left.about.partition(" ")
            team = json.loads(packed)[0]
            incoming = Incoming.unpacked(packed, client_of(token_of(team)))
            self._show(incoming, int(number), left)
            return
        if not left.key.startswith(FORMS):
            team = json.loads(left.about)[0]
            self._excuse(Incoming.unpacked(left.about, client_of(token_of(team))), left)
            return
        form = json.loads(left.about)
        submitted = self._forms.get((form.get("view") or {}).get("callback_id") or "")
        if submitted is not None:
            self._take(submitted, left.key, form, client_of(token_of(form["team"])))

    def _show(self, incoming: Incoming, attempt_id: int, left: Left) -> None:
        key, late, resumed = left.key.removeprefix(OWED), left.age > IN_WORK, self._answers.resumed
        again = lambda: resumed(incoming, key, attempt_id, late=late)  # noqa: E731
        self._later.slow(Event(None, incoming.owner), again)

    def _excuse(self, incoming: Incoming, left: Left) -> None:
        """Tell somebody whose command or click came to nothing to try it again."""
        if left.age > FORGOTTEN and not incoming.view_id:
            self._deliveries.finish(left.key)
            return
        outlets = outlets_of(incoming, self._dialect)
        outlets = outlets[:1] if left.age > FORGOTTEN else outlets
        self._later.quick(Event(left.key, incoming.owner), Showing(interrupted(), outlets))

    def _take(self, submitted: Submitted, key: str, form: Json, client: WebClient) -> None:
        log.info("a form is taken up again")
        who = {"client": client, "team_id": form["team"], "user_id": form["user"], KEY: key}
        submitted(lambda **_: None, {"view": form["view"]}, BoltContext(who))
