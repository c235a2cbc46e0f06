"""What people do in their client, and what became of it: commands, presses, windows."""

import asyncio
import time
from dataclasses import dataclass, field

from tests.platforms.discord.wire.errors import ApiError, form_error
from tests.platforms.discord.wire.gateway import Gateway
from tests.platforms.discord.wire.limits import checked
from tests.platforms.discord.wire.world import EPHEMERAL, EVERYTHING, LOADING, Json, World

COMMAND, PRESS, TYPING, WINDOW = 2, 3, 4, 5
MESSAGE, DEFER, UPDATE_LATER, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9


@dataclass
class Interaction:
    """Something a person did, with everything that the bot answered."""

    id: str
    token: str
    type: int
    channel: str
    user: str
    source: Json | None = None
    began: float = field(default_factory=time.monotonic)
    acknowledged_after: float | None = None
    answered_after: float | None = None
    message: Json | None = None
    window: Json | None = None
    choices: list[Json] | None = None
    added: list[Json] = field(default_factory=list)
    edits: bool = False

    @property
    def text(self) -> str:
        """What the person reads in the answer."""
        messages = [self.message] if self.message else []
        return "\n".join(
            embed.get("description", "")
            for message in (*messages, *self.added)
            for embed in message["embeds"]
        )

    @property
    def is_answered(self) -> bool:
        """Whether the answer is there, not only announced."""
        if self.edits and self.answered_after is None:
            return False
        return self.message is not None and not self.message["flags"] & LOADING

    async def done(self, seconds: float = 60.0) -> "Interaction":
        """Wait for the answer."""
        end = time.monotonic() + seconds
        while not (self.is_answered or self.window or self.choices is not None):
            assert time.monotonic() < end, f"no answer after {seconds} s"
            await asyncio.sleep(0.02)  # two hundred that look more often starve the loop
        return self


class Interactions:
    """Begin interactions and take the bot's answers to them."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway
        # Discord waits for three seconds; whether they are kept, a test measures that runs alone.
        self.deadline, self.life = 60.0, 900.0
        self.commands: list[Json] = []
        self.by_id: dict[str, Interaction] = {}
        self.by_token: dict[str, Interaction] = {}

    async def slash(self, user: str, channel: str, name: str, **options: object) -> Interaction:
        """Let a person run a command."""
        return await self._begin(COMMAND, user, channel, self._order(name, options))

    async def type(self, user: str, channel: str, name: str, option: str, text: str) -> list[Json]:
        """Let a person type, and return what is offered."""
        order = self._order(name, {option: text})
        order["options"][0]["focused"] = True
        began = await self._begin(TYPING, user, channel, order)
        return (await began.done()).choices or []

    async def press(self, user: str, message: Json, label: str) -> Interaction:
        """Let a person press a button."""
        (found,) = [
            item
            for row in message["components"]
            for item in row["components"]
            if item.get("label") == label
        ]
        data = {"custom_id": found["custom_id"], "component_type": 2}
        return await self._begin(PRESS, user, message["channel_id"], data, message)

    async def choose(self, user: str, message: Json, what: str, *values: str) -> Interaction:
        """Let a person choose in the select whose id says what."""
        (found,) = [
            item
            for row in message["components"]
            for item in row["components"]
            if f":{what}:" in item["custom_id"]
        ]
        data = {
            "custom_id": found["custom_id"],
            "component_type": found["type"],
            "values": list(values),
        }
        return await self._begin(PRESS, user, message["channel_id"], data, message)

    async def send(self, user: str, opened: Interaction, text: str) -> Interaction:
        """Let a person send a window with one field."""
        window = (await opened.done()).window
        assert window is not None, "no window was opened"
        (label,) = window["components"]
        field_ = {"type": 4, "id": 2, "custom_id": label["component"]["custom_id"], "value": text}
        filled = {"type": 18, "id": 1, "component": field_}
        data = {"custom_id": window["custom_id"], "components": [filled]}
        return await self._begin(WINDOW, user, opened.channel, data, opened.source)

    async def fill_in(self, user: str, opened: Interaction, **said: str) -> Interaction:
        """Let a person fill in the fields of a window by their ids, and send it."""
        window = (await opened.done()).window
        assert window is not None, "no window was opened"
        labels = [each for each in window["components"] if each["type"] == LABEL]
        filled = [
            {"type": LABEL, "id": place, "component": _filled(each["component"], said)}
            for place, each in enumerate(labels)
        ]
        data = {"custom_id": window["custom_id"], "components": filled}
        return await self._begin(WINDOW, user, opened.channel, data, opened.source)

    async def callback(self, number: str, token: str, body: Json, files: list[Json]) -> Json:
        """Take the first answer to an interaction."""
        it = self.by_id.get(number)
        now = time.monotonic()
        if it is None or it.token != token:
            raise ApiError(404, 10062, "Unknown interaction")
        if it.acknowledged_after is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        if now - it.began > self.deadline:
            raise ApiError(404, 10062, "Unknown interaction")
        await self._answer(it, body["type"], body.get("data") or {}, files)
        it.acknowledged_after = now - it.began
        return {"interaction": {"id": it.id, "type": it.type}}

    async def webhook(
        self, method: str, token: str, message_id: str | None, body: Json | None, files: list[Json]
    ) -> Json | None:
        """Take what follows the first answer."""
        it = self.by_token.get(token)
        if it is None or it.acknowledged_after is None:
            raise ApiError(404, 10015, "Unknown Webhook")
        if time.monotonic() - it.began > self.life:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        checked(body or {}, files)
        if message_id is None:
            it.added.append(self._world.message(it.channel, self._world.bot, body or {}, files))
            return it.added[-1]
        message = it.message if message_id == "@original" else None
        if message is None:
            raise ApiError(404, 10008, "Unknown Message")
        if method == "PATCH":
            self._world.edit(message, body or {}, files)
            it.answered_after = time.monotonic() - it.began
        return message

    async def _answer(self, it: Interaction, kind: int, data: Json, files: list[Json]) -> None:
        world, hidden = self._world, (data.get("flags") or 0) & EPHEMERAL
        checked(data, files)
        if kind == MESSAGE:
            it.message = world.message(it.channel, world.bot, data, files)
        elif kind == DEFER:
            flags = hidden | LOADING
            it.message = world.message(it.channel, world.bot, {}, flags=flags)
        elif kind == UPDATE:
            assert it.source is not None
            it.message = world.edit(it.source, data, files)
        elif kind == UPDATE_LATER:
            it.message, it.edits = it.source, True
        elif kind == CHOICES:
            if len(data["choices"]) > 25:
                raise form_error(["data", "choices"], "BASE_TYPE_MAX_LENGTH", "at most 25")
            it.choices = data["choices"]
        elif kind == MODAL:
            if it.type == WINDOW:
                raise form_error(["type"], "INTERACTION_CALLBACK_INVALID", "no window after one")
            it.window = data

    def _order(self, name: str, options: dict[str, object]) -> Json:
        first, _, inner = name.partition(" ")
        command = next((each for each in self.commands if each["name"] == first), None)
        assert command is not None, f"/{first} was never told to Discord"
        known = command.get("options") or []
        if inner:
            known = next(each for each in known if each["name"] == inner).get("options") or []
        kinds = {option["name"]: option["type"] for option in known}
        given = [{"name": key, "type": kinds[key], "value": options[key]} for key in options]
        if inner:
            given = [{"name": inner, "type": 1, "options": given}]
        return {"id": command["id"], "name": first, "type": 1, "options": given}

    async def _begin(
        self, kind: int, user: str, channel: str, data: Json, source: Json | None = None
    ) -> Interaction:
        world, number = self._world, self._world.snowflake()
        it = Interaction(number, f"token-{number}", kind, channel, user, source)
        self.by_id[it.id] = self.by_token[it.token] = it
        room = world.channels[channel]
        guild = room.get("guild_id")
        payload: Json = {
            "id": it.id,
            "application_id": world.bot,
            "type": kind,
            "token": it.token,
            "version": 1,
            "channel_id": channel,
            "channel": {**room, "permissions": "0"},
            "data": data,
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {"0": guild or "0"},
            "context": 0 if guild else 1,
            "attachment_size_limit": 10_485_760,
            "app_permissions": str(EVERYTHING),
        }
        if source is not None:
            payload["message"] = source
        if guild:
            permissions = str(world.permissions(guild, user))
            member = {**world.members[guild][user], "permissions": permissions}
            payload |= {"guild_id": guild, "guild_locale": "en-US", "member": member}
        else:
            payload["user"] = world.users[user]
        everybody = self._gateway.live or list(self._gateway.sessions.values())
        sessions = [each for each in everybody if each.hears(guild)]
        await self._gateway.tell("INTERACTION_CREATE", payload, sessions[0])
        return it


LABEL, SELECT, CHECKBOX = 18, 3, 23
"""Discord's numbers of what stands in a window."""


def _filled(control: Json, said: dict[str, str]) -> Json:
    """Return what Discord sends of a control."""
    name, kind = control["custom_id"], control["type"]
    sent: Json = {"type": kind, "custom_id": name}
    if kind == SELECT:
        known = [each["value"] for each in control["options"]]
        return sent | {"values": [said.get(name, known[0])]}
    return sent | {"value": name in said if kind == CHECKBOX else said.get(name, "")}
