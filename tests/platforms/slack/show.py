"""Scenes for the documentation: python -m tests.platforms.slack.show SCENES.json.

`tools/slack_pictures` draws them; its package.json says what it needs.
"""

import base64
import json
import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

from bot.core.hosts.service import HostsChannels
from bot.platforms.slack.buttons import PICTURE
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.render import render
from bot.platforms.slack.words import installer_welcome
from grading.corpus import Corpus
from grading.encoder import SentenceTransformerEncoder
from grading.grader import Grader
from knowledge.loader import load_bank
from tests.dialogue import BOB, EVE, HOST, said
from tests.platforms.slack.conftest import Json
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.test_fortnight import SlackStage

ANSWER = (
    "Concept drift means that the relationship between inputs and target changes after training. "
    "I track live quality against fresh labels and retrain on recent data."
)


def scenes(stage: SlackStage) -> list[Json]:
    """Play a few days and keep what people see."""
    slack = stage.slack
    for who in (HOST, BOB, EVE):
        stage.type(who, "/settings zone Berlin")
    slack.slash(stage.people[HOST], stage.channel, "/coach", "setup")
    assert stage.platform.settled(300)
    form = list(slack.views.values())[-1]
    shown = [_scene("setup", form)]
    stage.type(HOST, "/daily setup 9 Berlin")
    for day in range(4):
        stage.serve(timedelta(hours=2 if day == 0 else 24))
        for who, style, points in ((HOST, 0, 3 + day % 2), (BOB, 1, None), (EVE, 1, 2)):
            stage.type(who, "/daily")
            stage.type(who, said(stage.asked(who), style, points))
            stage.type(who, "/visibility named")
    stage.type(BOB, "/leaderboard week")
    shown.append(_scene("leaderboard", slack.responses[-1]))
    stage.type(EVE, "/ask concept-drift")
    question = slack.responses[-1]
    shown.append(_scene("question", question))
    eve = stage.people[EVE]
    slack.click(eve, question, "coach:answer")
    assert stage.platform.settled(300)
    answering = list(slack.views.values())[-1]
    slack.submit(eve, answering, field=ANSWER)
    assert stage.platform.settled(300)
    shown.append(_scene("feedback", answering))
    stage.type(EVE, "/progress")
    progress = _scene("progress", slack.responses[-1])
    progress["blocks"] = [_drawn(slack, block) for block in progress["blocks"]]
    shown += [progress, _scene("hosts", _appealed(stage)), _scene("welcome", _welcome())]
    host = stage.people[HOST]
    slack.open_home(host)
    assert stage.platform.settled(300)
    slack.click(host, slack.home[host], PICTURE)
    assert stage.platform.settled(300)
    blocks = [_drawn(slack, block) for block in slack.home[host]["blocks"]]
    shown.append({"name": "home", "title": "Home", "blocks": blocks})
    return shown


def _appealed(stage: SlackStage) -> Json:
    """Let a learner appeal, and return what the hosts find in their channel."""
    stage.type(HOST, "/rules hosts here")
    stage.type(EVE, "/appeal 1 1")
    features = stage.features
    HostsChannels(
        features.bank,
        features.decisions,
        features.unit_of_work,
        features.clock,
        {"slack": stage.platform.messenger},
    ).deliver()
    return list(stage.slack.messages[stage.channel].values())[-1]


def _welcome() -> Json:
    """Return what whoever installed the app is told."""
    (message,) = render(installer_welcome(), Dialect("/coach"))
    return message.arguments()


def _drawn(slack: Slack, block: Json) -> Json:
    """A picture that Slack holds as one that a browser shows."""
    if "slack_file" not in block:
        return block
    data = slack.files[block["slack_file"]["id"]]["data"]
    address = f"data:image/png;base64,{base64.b64encode(data).decode()}"
    kept = {name: value for name, value in block.items() if name != "slack_file"}
    return kept | {"image_url": address}


def _scene(name: str, seen: Json) -> Json:
    words = {part: seen[part]["text"] for part in ("title", "submit") if seen.get(part)}
    return {"name": name, "blocks": seen["blocks"], **words}


def main(file: Path) -> None:
    """Write the scenes, with the real grader."""
    corpus = Corpus(load_bank(), SentenceTransformerEncoder(), Path(tempfile.mkdtemp()))
    corpus.prepare()
    with tempfile.TemporaryDirectory() as home, Slack() as slack:
        stage = SlackStage(Path(home) / "home", corpus, slack, Grader(corpus))
        file.write_text(json.dumps(scenes(stage), indent=1))
        stage.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
