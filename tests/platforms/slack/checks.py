"""What Slack would refuse: its own validators, and the limits that they leave out."""

from collections.abc import Iterable, Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

Json = dict[str, Any]

MESSAGE, VIEW = 50, 100


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def faults_of_message(message: Json) -> list[str]:
    """Everything that Slack would refuse in the arguments of chat.postMessage."""
    faults = faults_of_blocks(message["blocks"], MESSAGE)
    if not message.get("text", "").strip():
        faults.append("no text beside the blocks")
    if units(message.get("text", "")) > 40_000:
        faults.append("msg_too_long")
    if sum(units(text) for block in message["blocks"] for text in texts(block)) > 60_000:  # escaped
        faults.append("msg_blocks_too_long")
    return faults


def faults_of_view(view: Json) -> list[str]:
    """Everything that Slack would refuse in a modal or in Home."""
    faults = faults_of_blocks(view["blocks"], VIEW)
    for name in ("title", "submit", "close"):
        if units(view.get(name, {}).get("text", "")) > 24:
            faults.append(f"{name} is longer than 24")
    if units(view.get("private_metadata", "")) > 3000:
        faults.append("private_metadata is too long")
    if view["type"] == "modal" and not view.get("title"):
        faults.append("a modal without a title")
    inputs = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and inputs and not view.get("submit"):
        faults.append("input without submit")
    return faults


def faults_of_blocks(blocks: list[Json], most: int) -> list[str]:
    faults = [] if 0 < len(blocks) <= most else [f"{len(blocks)} blocks"]
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        faults.append("a block_id twice")
    for number, block in enumerate(blocks):
        faults += [f"block {number}: {fault}" for fault in _faults_of(block)]
    return faults


def _faults_of(block: Json) -> Iterator[str]:
    try:
        parsed = Block.parse(block)
        if parsed is None:
            yield f"unknown type {block.get('type')}"
            return
        yield from (f"{path} is lost" for path in lost(block, parsed.to_dict()))
    except (SlackObjectFormationError, TypeError) as error:
        yield str(error)
    if block["type"] in {"section", "context", "header", "rich_text"}:
        yield from (f"{units(text)} units" for text in texts(block) if not 0 < units(text) <= 3000)
    elements = block.get("elements", [])
    actions = [each["action_id"] for each in elements if "action_id" in each]
    if len(actions) != len(set(actions)):
        yield "an action_id twice"
    for each in elements:
        if each.get("type") == "button":
            if not 0 < units(each["text"]["text"]) <= 75:
                yield "text of a button"
            if units(each.get("value", "")) > 2000:
                yield "value of a button"
    if block["type"] == "rich_text" and sum(map(units, texts(block))) > 3000:
        yield "a rich text of more than 3000"


def texts(value: Any) -> Iterator[str]:
    """Every text in a block."""
    if isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for key, each in value.items():
            if key != "text" or not isinstance(each, str):
                yield from texts(each)


def lost(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """The attributes that slack_sdk does not know."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            if key in after:
                yield from lost(value, after[key], f"{path}/{key}")
            elif value not in (None, [], {}, "", False):
                yield f"{path}/{key}"
    elif isinstance(before, list) and isinstance(after, list):
        for number, (left, right) in enumerate(zip(before, after, strict=False)):
            yield from lost(left, right, f"{path}/{number}")


def literal(blocks: Iterable[Json]) -> str:
    """The words of rich text, which Slack shows letter by letter."""
    rich = [block for block in blocks if block["type"] == "rich_text"]
    return "".join(text for block in rich for text in texts(block))
