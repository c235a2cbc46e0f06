"""What people enter in forms, as Slack sends it."""

from typing import Any

Json = dict[str, Any]

PLAIN = {
    "plain_text_input": "value",
    "number_input": "value",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_conversation",
    "timepicker": "selected_time",
    "file_input": "files",
    "rich_text_input": "rich_text_value",
}
"""Where the value of an element stands, for those that have it as it is."""

INITIAL = {"conversations_select": "initial_conversation", "timepicker": "initial_time"}
"""Where an element's first value stands, if not in `initial_value`."""


def entry(element: Json, value: Any) -> Json:
    kind = element["type"]
    if kind in PLAIN:
        return {"type": kind, PLAIN[kind]: value}
    if kind in {"checkboxes", "multi_static_select"}:
        chosen = [{"text": {"type": "plain_text", "text": v}, "value": v} for v in value or ()]
        return {"type": kind, "selected_options": chosen}
    if value is None:
        return {"type": kind, "selected_option": None}
    option = {"text": {"type": "plain_text", "text": value}, "value": value}
    return {"type": kind, "selected_option": option}


def filled_in(view: Json) -> Json:
    """A form as it is sent by somebody who changed nothing in it."""
    entered: Json = {}
    for block in view["blocks"]:
        if element := block.get("element"):
            entered[block["block_id"]] = {element["action_id"]: _untouched(element)}
    return view | {"state": {"values": entered}}


def _untouched(element: Json) -> Json:
    kind = element["type"]
    if "initial_options" in element or kind == "checkboxes":
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind in PLAIN:
        return {"type": kind, PLAIN[kind]: element.get(INITIAL.get(kind, "initial_value"))}
    return {"type": kind, "selected_option": element.get("initial_option")}
