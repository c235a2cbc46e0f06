"""Private threads, as Discord has them: who is in, what is folded up."""

from typing import Any

from tests.platforms.discord.wire.errors import ApiError
from tests.platforms.discord.wire.world import PRIVATE_THREAD, THREADS, Json, World


def add(world: World, thread: str, person: str) -> None:
    """Let a member of the server into a thread; who is in stays in."""
    room = world.channels[thread]
    if room["type"] not in THREADS:
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    if room["thread_metadata"]["archived"]:
        raise ApiError(400, 50083, "Thread is archived")
    if person not in world.members[room["guild_id"]]:
        raise ApiError(404, 10007, "Unknown Member")
    world.in_thread[thread].add(person)


def changed(world: World, channel: str, body: Json) -> Json:
    """A channel; a thread is folded up or unfolded where a request says so."""
    room = world.channels[channel]
    if "archived" in body:
        room["thread_metadata"]["archived"] = body["archived"]
    return room


def listed(world: World, *, folded: bool, **known: Any) -> Json:
    """The private threads in which the bot is, folded up or not."""
    threads = [
        room
        for room in world.channels.values()
        if room["type"] == PRIVATE_THREAD
        and room["thread_metadata"]["archived"] is folded
        and world.bot in world.in_thread[room["id"]]
        and all(room[key] == value for key, value in known.items())
    ]
    return {"threads": threads, "members": [], "has_more": False}
