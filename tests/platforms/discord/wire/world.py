"""The state of a small Discord, as JSON: people, servers, channels, messages."""

import itertools
import time
from typing import Any

from tests.platforms.discord.wire.errors import ApiError

EVERYTHING = (1 << 50) - 1
EVERYBODY = sum(1 << bit for bit in (10, 11, 14, 15, 16, 31, 35, 38))
"""View, send, embed, attach, read the history, use commands, make threads, send in them."""
MANAGE_GUILD = 1 << 5
EPHEMERAL, LOADING = 64, 128
PUBLIC_THREAD, PRIVATE_THREAD = 11, 12
THREADS = (PUBLIC_THREAD, PRIVATE_THREAD)

Json = dict[str, Any]


class World:
    """What is there. The names of its methods are what happens in it."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.users: dict[str, Json] = {}
        self.guilds: dict[str, Json] = {}
        self.roles: dict[str, list[Json]] = {}
        self.members: dict[str, dict[str, Json]] = {}
        self.granted: dict[tuple[str, str], int] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, dict[str, Json]] = {}
        self.files: dict[str, Json] = {}
        self.in_thread: dict[str, set[str]] = {}
        self.closed_dms: set[str] = set()
        self.bot = self.user("Coach", bot=True)

    def snowflake(self) -> str:
        """A new id, in the order of time."""
        return str((int((time.time() - 1_420_070_400) * 1000) << 22) + next(self._numbers))

    def user(self, name: str, *, bot: bool = False) -> str:
        number = self.snowflake()
        self.users[number] = {
            "id": number,
            "username": name.lower().replace(" ", "."),
            "global_name": name,
            "discriminator": "0",
            "avatar": None,
            "bot": bot,
            "flags": 0,
            "public_flags": 0,
        }
        return number

    def guild(self, name: str = "Study group", number: str = "") -> str:
        number = number or self.snowflake()
        self.guilds[number] = {"id": number, "name": name, "owner_id": self.bot}
        self.roles[number] = [self._role(number, "@everyone", EVERYBODY, 0)]
        self.members[number] = {}
        self.join(number, self.bot, EVERYTHING)
        return number

    def role(self, guild: str, name: str) -> str:
        role = self._role(self.snowflake(), name, 0, len(self.roles[guild]))
        self.roles[guild].append(role)
        return str(role["id"])

    def join(self, guild: str, user: str, permissions: int = EVERYBODY) -> None:
        self.granted[guild, user] = permissions
        self.members[guild][user] = {
            "user": self.users[user],
            "roles": [],
            "joined_at": "2026-01-01T00:00:00+00:00",
            "nick": None,
            "avatar": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
        }

    def member(self, guild: str, person: str, method: str, role: list[str]) -> Json | None:
        """A member, or nothing where a role of theirs is given or taken."""
        member = self.members[guild].get(person)
        if member is None:
            raise ApiError(404, 10007, "Unknown Member")
        if not role:
            return member
        had = [each for each in member["roles"] if each != role[-1]]
        member["roles"] = [*had, role[-1]] if method == "PUT" else had
        return None

    def channel(self, guild: str, name: str = "study") -> str:
        return self._channel({"type": 0, "guild_id": guild, "name": name, "position": 0})

    def direct(self, user: str) -> Json:
        """The conversation of a person with the bot."""
        for channel in self.channels.values():
            if channel["type"] == 1 and channel["recipients"][0]["id"] == user:
                return channel
        number = self._channel({"type": 1, "recipients": [self.users[user]]})
        return self.channels[number]

    def thread(self, parent: str, message: str, name: str, kind: int = PUBLIC_THREAD) -> Json:
        """The discussion below a message; it has the id of the message."""
        times = "2026-01-01T00:00:00+00:00"
        self.channels[message] = {
            "id": message,
            "type": kind,
            "guild_id": self.channels[parent]["guild_id"],
            "parent_id": parent,
            "owner_id": self.bot,
            "name": name,
            "flags": 0,
            "last_message_id": None,
            "message_count": 0,
            "member_count": 1,
            "rate_limit_per_user": 0,
            "thread_metadata": {
                "archived": False,
                "locked": False,
                "auto_archive_duration": 1440,
                "invitable": False,
                "archive_timestamp": times,
                "create_timestamp": times,
            },
        }
        self.messages[message] = {}
        self.in_thread[message] = {self.bot}
        return self.channels[message]

    def message(self, channel: str, author: str, body: Json, files: Any = (), **more: Any) -> Json:
        """A new message with what a request says of it."""
        sent = self._store(channel, files)
        moment = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
        message: Json = {
            "id": self.snowflake(),
            "type": 0,
            "channel_id": channel,
            "author": self.users[author],
            "content": body.get("content") or "",
            "timestamp": moment,
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": self._mentioned(body),
            "mention_roles": [],
            "pinned": False,
            "attachments": sent,
            "embeds": [self._embed(embed, sent) for embed in body.get("embeds") or []],
            "components": numbered(body.get("components") or []),
            "flags": body.get("flags") or 0,
            **{key: body[key] for key in ("nonce", "message_reference") if key in body},
            **more,
        }
        self.messages[channel][message["id"]] = message
        self.channels[channel]["last_message_id"] = message["id"]
        return message

    def edit(self, message: Json, body: Json, files: Any = ()) -> Json:
        """The message with what a request changes."""
        sent = self._store(message["channel_id"], files)
        if "attachments" in body or files:
            message["attachments"] = sent
        if "content" in body:
            message["content"] = body["content"] or ""
        if "embeds" in body:
            message["embeds"] = [self._embed(embed, sent) for embed in body["embeds"] or []]
        if "components" in body:
            message["components"] = numbered(body["components"] or [])
        message["flags"] &= ~LOADING
        return message

    def permissions(self, guild: str, user: str) -> int:
        return EVERYTHING if self.granted[guild, user] & 8 else self.granted[guild, user]

    def guild_create(self, guild: str) -> Json:
        """A server as the gateway tells it."""
        rooms = [each for each in self.channels.values() if each.get("guild_id") == guild]
        members = list(self.members[guild].values())
        return {
            **self.guilds[guild],
            "roles": self.roles[guild],
            "channels": [room for room in rooms if room["type"] not in THREADS],
            "threads": [room for room in rooms if room["type"] in THREADS],
            "members": [member for member in members if member["user"]["id"] == self.bot],
            "member_count": len(members),
            **_EMPTY_GUILD,
        }

    def _channel(self, known: Json) -> str:
        number = self.snowflake()
        self.channels[number] = {
            "id": number,
            "permission_overwrites": [],
            "parent_id": None,
            "last_message_id": None,
            "flags": 0,
            **known,
        }
        self.messages[number] = {}
        return number

    def _role(self, number: str, name: str, permissions: int, position: int) -> Json:
        plain = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
        return {
            "id": number,
            "name": name,
            "permissions": str(permissions),
            "position": position,
            "color": 0,
            "colors": plain,
            "hoist": False,
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }

    def _mentioned(self, body: Json) -> list[Json]:
        content = body.get("content") or ""
        return [user for user in self.users.values() if f"<@{user['id']}>" in content]

    def _store(self, channel: str, files: Any) -> list[Json]:
        kept = []
        for file in files:
            number = self.snowflake()
            self.files[number] = file
            url = f"http://cdn.invalid/attachments/{channel}/{number}/{file['filename']}"
            size = len(file["data"])
            kept.append(
                {
                    "id": number,
                    "filename": file["filename"],
                    "size": size,
                    "url": url,
                    "proxy_url": url,
                }
            )
        return kept

    def _embed(self, embed: Json, files: list[Json]) -> Json:
        image = (embed.get("image") or {}).get("url", "")
        url = next((f["url"] for f in files if image == f"attachment://{f['filename']}"), image)
        shown = {"image": {"url": url, "proxy_url": url}} if url else {}
        return {"type": "rich", **embed, **shown}


def numbered(components: list[Json]) -> list[Json]:
    """Components with the number that Discord gives each."""
    numbers = itertools.count(1)

    def walk(items: list[Json]) -> list[Json]:
        return [
            {
                **item,
                "id": next(numbers),
                **({"components": walk(item["components"])} if "components" in item else {}),
            }
            for item in items
        ]

    return walk(components)


_EMPTY_GUILD: Json = {
    **{key: [] for key in ("emojis", "features", "presences", "voice_states", "stickers")},
    **{key: [] for key in ("stage_instances", "guild_scheduled_events", "soundboard_sounds")},
    **dict.fromkeys(("icon", "splash", "discovery_splash", "banner", "description"), None),
    **dict.fromkeys(("afk_channel_id", "system_channel_id", "rules_channel_id"), None),
    **dict.fromkeys(("public_updates_channel_id", "vanity_url_code", "application_id"), None),
    **dict.fromkeys(("verification_level", "default_message_notifications", "mfa_level"), 0),
    **dict.fromkeys(("explicit_content_filter", "system_channel_flags", "nsfw_level"), 0),
    **dict.fromkeys(("premium_tier", "premium_subscription_count"), 0),
    **dict.fromkeys(("large", "unavailable", "premium_progress_bar_enabled"), False),
    "afk_timeout": 300,
    "max_members": 500_000,
    "preferred_locale": "en-US",
    "joined_at": "2026-01-01T00:00:00+00:00",
}
