"""What Discord checks of a message beside its form."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.platforms.discord.wire.errors import ApiError, form_error

COMPONENTS_V2 = 1 << 15


def checked(body: dict[str, Any], files: Sequence[dict[str, Any]]) -> None:
    """Refuse a message that is too long, has a button twice, or names a file it does not bring."""
    if len(body.get("content") or "") > 2000:
        raise form_error(["content"], "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.")
    embeds = body.get("embeds") or []
    if len(embeds) > 10:
        raise form_error(["embeds"], "BASE_TYPE_BAD_LENGTH", "Must be 10 or fewer in length.")
    if sum(map(_length, embeds)) > 6000:
        raise form_error(["embeds"], "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds 6000")
    names = {file["filename"] for file in files}
    for embed in embeds:
        _embed(embed, names)
    _components(body)
    if len(files) > 10:
        raise form_error(["attachments"], "BASE_TYPE_BAD_LENGTH", "Must be 10 or fewer in length.")
    if sum(len(file["data"]) for file in files) > 10 * 1024 * 1024:
        raise ApiError(413, 40005, "Request entity too large")


def _length(embed: dict[str, Any]) -> int:
    fields = embed.get("fields") or []
    return (
        len(embed.get("title") or "")
        + len(embed.get("description") or "")
        + len((embed.get("footer") or {}).get("text") or "")
        + sum(len(field["name"]) + len(field["value"]) for field in fields)
    )


def _embed(embed: dict[str, Any], names: set[str]) -> None:
    if len(embed.get("description") or "") > 4096:
        raise form_error(["embeds"], "BASE_TYPE_MAX_LENGTH", "Must be 4096 or fewer in length.")
    image = (embed.get("image") or {}).get("url", "")
    if image.startswith("attachment://"):
        assert image.removeprefix("attachment://") in names, f"{image} was not sent along"


def _components(body: dict[str, Any]) -> None:
    rows = body.get("components") or []
    if len(rows) > 5 and not (body.get("flags") or 0) & COMPONENTS_V2:
        raise form_error(["components"], "BASE_TYPE_BAD_LENGTH", "Must be 5 or fewer in length.")
    seen: set[str] = set()
    for item in _items(rows):
        custom_id = item.get("custom_id")
        if custom_id in seen or len(custom_id or "x") > 100:
            raise form_error(["components"], "COMPONENT_CUSTOM_ID_DUPLICATED", str(custom_id))
        if custom_id is not None:
            seen.add(custom_id)
        if item.get("type") == 2 and not 0 < len(item.get("label") or "") <= 80:
            raise form_error(["components"], "BUTTON_COMPONENT_INVALID_LABEL", "a label of 1–80")


def _items(components: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in components:
        yield each
        yield from _items(each.get("components") or [])
        if isinstance(each.get("component"), dict):
            yield from _items([each["component"]])
