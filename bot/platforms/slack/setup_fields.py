"""The fields of the form by which a channel is set up, filled with what holds or is likely."""

from collections.abc import Iterator
from typing import Any, Final

from bot.core.daily.plan import Discussion, Plan
from bot.core.words.phrases import WEEKDAY_NAMES
from bot.platforms.slack import form_words, words
from bot.platforms.slack.buttons import PREFIX
from bot.platforms.slack.fields import ZONE, box, field, mention, select, several, zones
from knowledge.bank import QuestionBank
from knowledge.tracks import Track

Json = dict[str, Any]

CHANNEL: Final = f"{PREFIX}channel"
"""action_id of the choice of a channel, with which the form shows what is set up there."""

ROLE: Final = f"{PREFIX}role"
"""action_id of the choice of a role, with which the form fills in topics and difficulty."""

TIME, DAYS, TOPICS, HOURS = "time", "days", "topics", "hours"
LEVEL, DISCUSSION, GROUP = "level", "discussion", "group"

WORKDAYS: Final = frozenset(range(5))


def setup_fields(
    bank: QuestionBank,
    channel: str,
    plan: Plan | None,
    zone: str | None,
    track: Track | None = None,
) -> Iterator[Json]:
    """Yield the fields; each is another one in another channel, so that it is filled anew.

    What a role fills in is another one for each role.
    """
    schedule, about = (plan.schedule if plan else None), channel if plan else ""
    at = f"{schedule.at:%H:%M}" if schedule else "09:00"
    yield _channel(channel)
    yield field(TIME, words.TIME, {"type": "timepicker", "initial_time": at}, about=about)
    yield field(ZONE, words.ZONE, zones(schedule.zone if schedule else zone), about=about)
    names = {str(number): name for number, name in enumerate(WEEKDAY_NAMES)}
    days = sorted(schedule.weekdays if schedule else WORKDAYS)
    chosen = several("checkboxes", names, map(str, days))
    yield field(DAYS, words.WEEKDAYS, chosen, about=about)
    if roles := {each.id: each.title for each in bank.tracks}:
        element = select(roles, track.id if track else "", form_words.NO_ROLE)
        hint = form_words.ROLE_HINT
        role = field(ROLE, form_words.ROLE, element, hint, optional=True, about=about)
        yield role | {"dispatch_action": True}
    filled = about_role(about, track)
    titles = {topic.id: topic.title for topic in bank.topics}
    drawn = tuple(track.topics) if track else plan.topics if plan else ()
    topics = several("multi_static_select", titles, drawn, words.ALL_TOPICS)
    yield field(TOPICS, words.TOPICS_TO_DRAW_FROM, topics, optional=True, about=filled)
    hours = _typed(str(schedule.open_hours if schedule else 24))
    yield field(HOURS, words.OPEN_HOURS, hours, words.OPEN_HOURS_HINT, about=about)
    asked = track or plan
    level = _typed(f"{asked.easiest}-{asked.hardest}" if asked else "1-5")
    hint = form_words.LEVEL_HINT
    yield field(LEVEL, form_words.LEVEL, level, hint, optional=True, about=filled)
    talked = plan is None or plan.discussion is not Discussion.NONE
    thread = box(form_words.OPEN_THREAD, ticked=talked)
    yield field(DISCUSSION, form_words.DISCUSSION, thread, optional=True, about=about)
    group = mention(plan.ping_role if plan else "")
    hint = form_words.GROUP_HINT
    yield field(GROUP, form_words.GROUP, group, hint, optional=True, about=about)


def about_role(channel: str, track: Track | None) -> str:
    """Return what fields are about that a role fills in: a channel's, and that role's."""
    return f"{channel}/{track.id}" if track else channel


def _channel(chosen: str) -> Json:
    element: Json = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if chosen:
        element["initial_conversation"] = chosen
    made = field(CHANNEL, words.CHANNEL, element, words.CHANNEL_HINT)
    return made | {"block_id": "channel", "dispatch_action": True}


def _typed(value: str) -> Json:
    return {"type": "plain_text_input", "initial_value": value}
