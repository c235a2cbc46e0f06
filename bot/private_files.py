"""Close files to other accounts: what the coach stores is personal, whoever made the folder."""

import os
import stat
from contextlib import suppress
from pathlib import Path

OWNER_ALONE = 0o600
FOR_OTHERS = 0o077


def keep_private(home: Path, *folders: Path) -> None:
    """Close the files that are in a home and in folders of it, and all that this program makes.

    The home itself stays as it is: somebody may have chosen to let others look into it.
    """
    os.umask(FOR_OTHERS)
    for folder in (home, *folders):
        with suppress(OSError):  # it is not there yet, or not to be read: nothing to close
            for file in folder.iterdir():
                _close(file)


def make_private(file: Path) -> None:
    """Create the file where it is missing, and close it to other accounts.

    Raises:
        OSError: it cannot be written.
    """
    descriptor = os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, OWNER_ALONE)
    os.close(descriptor)
    _close(file)


def _close(file: Path) -> None:
    with suppress(OSError):  # only its owner may change its mode
        state = file.lstat()
        if stat.S_ISREG(state.st_mode) and state.st_mode & FOR_OTHERS:
            file.chmod(stat.S_IMODE(state.st_mode) & ~FOR_OTHERS)
