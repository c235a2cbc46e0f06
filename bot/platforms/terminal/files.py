"""Files of the person at this terminal, named as they say, closed to others."""

import os
from dataclasses import replace
from pathlib import Path

from bot.core.commands import Command, Kind, Request, Upload
from bot.core.errors import FileNotRead, FileNotWritten
from bot.core.reply import Attachment, Paragraph, Reply
from bot.core.safe_text import one_line
from knowledge.uploads import MAX_UPLOAD_BYTES


def with_files(command: Command, request: Request) -> Request:
    """Return the request with the files that it names.

    Raises:
        FileNotRead: one is not there or may not be read.
    """
    named = {each.name for each in command.parameters if each.kind is Kind.FILE}
    brought = {
        name: _read(value)
        for name, value in request.values.items()
        if name in named and isinstance(value, str)
    }
    return replace(request, values={**request.values, **brought})


def kept(reply: Reply, folder: Path) -> Reply:
    """Write the files of a reply into a folder, unless they name another, and say where they are.

    Raises:
        FileNotWritten: one exists already, or may not be written there.
    """
    places = [Paragraph(f"Saved as {one_line(_saved(file, folder))}.") for file in reply.files]
    return replace(reply, blocks=(*reply.blocks, *places), files=())


def _read(name: str) -> Upload:
    try:
        path = Path(name).expanduser()
        if not path.is_file():  # a pipe or a device may never end
            raise FileNotRead(name, "it is no file")
        with path.open("rb") as file:
            return Upload(name, file.read(MAX_UPLOAD_BYTES + 1))
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "it is no name of a file"
        raise FileNotRead(name, reason) from error


def _saved(file: Attachment, folder: Path) -> str:
    try:
        path = (folder / Path(file.name).expanduser()).absolute()
        if path.parent == folder.absolute():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags, 0o600), "wb") as opened:  # noqa: PTH123 a descriptor
            opened.write(file.content)
    except FileExistsError as error:
        raise FileNotWritten(file.name, "it exists already and is not overwritten") from error
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "it is no name of a file"
        raise FileNotWritten(file.name, reason) from error
    return str(path)
