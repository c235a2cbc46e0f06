"""The commands as Discord knows them: told only when they changed, and by which ids they go.

Discord lets an application create 200 commands a day and server, so a program that tells them at
every start locks itself out. What was told last is kept in a small file in the home folder.
"""

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """What Discord was told last: to which application, as a fingerprint, and the ids it gave."""

    application: int = 0
    fingerprint: str = ""
    ids: dict[str, int] = field(default_factory=dict)


class Registry:
    """Tell Discord the commands when they changed."""

    def __init__(self, file: Path) -> None:
        self._file = file

    async def sync(self, tree: app_commands.CommandTree[Any], *, force: bool = False) -> Told:
        """Return what Discord knows of the tree, told anew where it differs from last time.

        Raises:
            discord.HTTPException: Discord did not take the commands.
        """
        application = tree.client.application_id or 0
        fingerprint = await fingerprint_of(tree)
        told = self.read()
        if not force and (told.application, told.fingerprint) == (application, fingerprint):
            return told
        made = await tree.sync()
        told = Told(application, fingerprint, dict(pair for each in made for pair in _ids(each)))
        self._write(told)
        log.info("told Discord %d commands", len(made))
        return told

    async def look_up(self, tree: app_commands.CommandTree[Any]) -> Told:
        """Return what Discord knows of the commands, which another program tells it.

        Raises:
            discord.HTTPException: Discord does not say.
        """
        known = await tree.fetch_commands()
        return Told(
            tree.client.application_id or 0, "", dict(pair for each in known for pair in _ids(each))
        )

    def read(self) -> Told:
        """Return what was told last; nothing where the file is missing or damaged."""
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
            ids = {str(name): int(number) for name, number in found["ids"].items()}
            return Told(int(found["application"]), str(found["fingerprint"]), ids)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Told()

    def _write(self, told: Told) -> None:
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            content = json.dumps(vars(told), indent=2) + "\n"
            self._file.write_text(content, encoding="utf-8")
        except OSError as error:
            log.warning("the commands will be told again at the next start: %s", error)


def _ids(command: app_commands.AppCommand) -> Iterator[tuple[str, int]]:
    """Return what can be clicked on: a command, or those of a group, which share an id."""
    for name in _names(command.name, command.options):
        yield name, command.id


def _names(name: str, options: Sequence[object]) -> Iterator[str]:
    inner = [option for option in options if isinstance(option, app_commands.AppCommandGroup)]
    for option in inner:
        yield from _names(f"{name} {option.name}", option.options)
    if not inner:
        yield name


async def fingerprint_of(tree: app_commands.CommandTree[Any]) -> str:
    """Return a digest that changes with any name, description or option of any command."""
    translator = tree.translator
    payloads = [
        await command.get_translated_payload(tree, translator)
        if translator
        else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    text = json.dumps(sorted(payloads, key=lambda each: each["name"]), sort_keys=True)
    return hashlib.sha256(f"{discord.__version__} {text}".encode()).hexdigest()
