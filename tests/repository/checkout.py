"""The files of this checkout as tests of the plumbing read them."""

import re
import tomllib
from pathlib import Path

from bot.bootstrap.settings import settings_model
from bot.platforms import runner
from bot.platforms.discord import handling
from bot.platforms.slack import platform, server
from bot.setting_sources import variables_of
from bot.storage.engine import BUSY_SECONDS

ROOT = Path(__file__).resolve().parents[2]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def project():
    return tomllib.loads(text("pyproject.toml"))["project"]


def unknown_settings(words):
    """The variables in some text that look like settings and are none."""
    known = {name for each in variables_of(settings_model()) for name in (each.name, each.file)}
    return set(re.findall(r"COACH_\w+", words)) - known


def longest_stop():
    """The seconds that the program may take to stop: jobs, then platforms, then the database."""
    discord = handling.STOP_SECONDS + handling.CUT_OFF_SECONDS
    slack = server.STOP_SECONDS + platform.FINISH_SECONDS
    return runner.JOB_SECONDS + max(discord, slack) + BUSY_SECONDS


def dockerfile():
    """The instructions of the Dockerfile as (name, arguments)."""
    lines = [line for line in text("Dockerfile").splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]
