"""What another run acknowledged and did not finish: forms at "one moment", grades not shown.

An answer is stored with the place where its grade is owed; a form is kept as it was sent until what
it asks for is done. Both are taken up at the start, before anything new comes, and later when a
program dies that serves the same app; what one is at that still runs is left to it.
"""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from slack_bolt import BoltContext
from slack_sdk import WebClient

from bot.core.coach.late_grades import IN_WORK
from bot.core.deduplication import OWED, EventDeduplicator, Left
from bot.platforms.slack.answers import Answers
from bot.platforms.slack.clients import TokenOf
from bot.platforms.slack.incoming import KEY, Incoming, team_of
from bot.platforms.slack.later import Event, Later

Json = dict[str, Any]

ANSWERS: Final = f"{OWED}slack:"
FORMS: Final = "slack:view:"
"""What the keys begin with of grades that are owed, and of forms that were sent."""

Submitted = Callable[[Any, Json, BoltContext], None]
"""Takes a form: how it is acknowledged, its body, and who sent it."""

ClientOf = Callable[[str | None], WebClient]
"""Makes what speaks to Slack with a token."""

log = logging.getLogger(__name__)


def form_in(body: Json, context: BoltContext) -> str:
    """Return a form that was sent, as a later run takes it up again; nothing of anything else."""
    if body.get("type") != "view_submission":
        return ""
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
    ) -> None:
        """Wire it; `forms` are those that may be taken twice, by their callback_id."""
        self._deliveries = deliveries
        self._later = later
        self._answers = answers
        self._forms = forms
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
        answers, forms = (self._deliveries.left(p, at_start=at_start) for p in (ANSWERS, FORMS))
        return answers + forms

    def _take_up(self, left: Left, token_of: TokenOf, client_of: ClientOf) -> None:
        if not self._deliveries.take_over(left):
            return
        if left.key.startswith(ANSWERS):
            number, _, packed = left.about.partition(" ")
            team = json.loads(packed)[0]
            incoming = Incoming.unpacked(packed, client_of(token_of(team)))
            self._show(incoming, int(number), left)
            return
        form = json.loads(left.about or "{}")
        submitted = self._forms.get((form.get("view") or {}).get("callback_id") or "")
        if submitted is not None:
            self._take(submitted, left.key, form, client_of(token_of(form["team"])))

    def _show(self, incoming: Incoming, attempt_id: int, left: Left) -> None:
        key, late, resumed = left.key.removeprefix(OWED), left.age > IN_WORK, self._answers.resumed
        again = lambda: resumed(incoming, key, attempt_id, late=late)  # noqa: E731
        self._later.slow(Event(None, incoming.owner), again)

    def _take(self, submitted: Submitted, key: str, form: Json, client: WebClient) -> None:
        log.info("a form is taken up again")
        who = {"client": client, "team_id": form["team"], "user_id": form["user"], KEY: key}
        submitted(lambda **_: None, {"view": form["view"]}, BoltContext(who))
