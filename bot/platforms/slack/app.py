"""The Bolt app: a routing table from what Slack sends to what is done about it.

Listeners run to their end before Slack is answered, which takes milliseconds: they store what must
not be lost, acknowledge, and leave the rest to threads. So an event whose work could not begin is
answered with an error, and comes again.
"""

import re
from typing import Any

from slack_bolt import Ack, App

from bot.core.deduplication import EventDeduplicator
from bot.core.ports import Messenger
from bot.platforms.slack import forms
from bot.platforms.slack.answers import Answers
from bot.platforms.slack.bringing import Bringing
from bot.platforms.slack.buttons import BRING, PICTURE, PREFIX, SET_UP, SETTINGS
from bot.platforms.slack.choosing import Choosing
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.fields import ZONE
from bot.platforms.slack.handlers import Handlers, Surroundings
from bot.platforms.slack.home import Home
from bot.platforms.slack.later import Later
from bot.platforms.slack.once import Once
from bot.platforms.slack.owing import Owing
from bot.platforms.slack.people import PLATFORM, People
from bot.platforms.slack.pictures import Pictures
from bot.platforms.slack.picturing import Picturing
from bot.platforms.slack.setting_up import SettingUp
from bot.platforms.slack.setup_fields import CHANNEL, ROLE
from bot.platforms.slack.suggesting import options
from bot.platforms.slack.talking import Talking
from bot.platforms.slack.telling import FORM, Telling
from bot.platforms.slack.words import GRADE_MESSAGE

ANSWER_MESSAGE = "coach:answer_message"
ASK_ME = "coach:ask_me"
"""callback_id of the shortcut on a message, and of the global one."""


def route(
    app: App,
    desk: SlackDesk,
    later: Later,
    deliveries: EventDeduplicator,
    messenger: Messenger,
    people: People,
    short: str | None = None,
) -> Owing:
    """Register everything the coach listens to; `short` is a command that only asks.

    Return what takes up the work of an earlier run.
    """
    desk.services.plans.announcements.speaks(PLATFORM, messenger)
    once, pictures = Once(deliveries, desk.brings_answer), Pictures()
    home = Home(desk, later, people, pictures)
    setting_up = SettingUp(desk, later, people, home)
    choosing = Choosing(desk, later, people, home)
    bringing = Bringing(desk, later, people, home)
    picturing = Picturing(desk, later, people, home, pictures)
    answers = Answers(desk, later, people, home)
    telling = Telling(desk, later, people)
    around = Surroundings(home, setting_up, bringing, picturing, telling)
    handlers = Handlers(desk, answers, later, people, around)
    talking = Talking(desk, answers, later, people, bringing)

    app.use(once.middleware)
    app.error(once.failed)
    app.command(desk.dialect.command)(handlers.command)
    if short:
        app.command(short)(handlers.ask_command)
    app.action(SET_UP)(setting_up.clicked)
    app.action(CHANNEL)(setting_up.channel_chosen)
    app.action(ROLE)(setting_up.role_chosen)
    app.action(SETTINGS)(choosing.clicked)
    app.action(BRING)(bringing.clicked)
    app.action(PICTURE)(picturing.clicked)
    app.action(re.compile(f"^{PREFIX}"))(handlers.clicked)
    app.view(forms.ANSWER)(answers.submitted)
    app.view(forms.TOPIC)(handlers.topic_chosen)
    app.shortcut({"callback_id": ANSWER_MESSAGE, "type": "message_action"})(handlers.answer_message)
    app.shortcut({"callback_id": GRADE_MESSAGE, "type": "message_action"})(talking.own_message)
    app.shortcut({"callback_id": ASK_ME, "type": "shortcut"})(handlers.ask_me)
    app.event("message")(talking.message)
    app.event("app_mention")(talking.mention)
    app.event("app_home_opened")(home.opened)
    app.view(SET_UP)(setting_up.submitted)
    app.view(SETTINGS)(choosing.submitted)
    app.view(BRING)(bringing.submitted)
    app.view(FORM)(telling.submitted)
    app.options(ZONE)(setting_up.zones)
    app.options(forms.FIELD)(_suggesting(desk))
    taken_up = {
        SET_UP: setting_up.submitted,
        SETTINGS: choosing.submitted,
        BRING: bringing.submitted,
        FORM: telling.submitted,
        forms.TOPIC: handlers.topic_chosen,
    }
    return Owing(deliveries, later, answers, taken_up, desk.dialect)


def _suggesting(desk: SlackDesk) -> Any:
    def suggest(ack: Ack, payload: dict[str, Any]) -> None:
        ack(options=options(desk.bank, payload.get("value") or ""))

    return suggest
