"""Install the checkout into `.venv`: the command behind `make install`.

This file holds only what an old Python must understand to say that it is too old; the work is in
`tools.environment`. Python 3.6 parses it: keep it so.
"""

import os
import sys

OLDEST = (3, 11)
TOO_NEW = (3, 14)


def refusal(version: "tuple[object, ...]") -> str:
    """Say why this Python cannot be used, or return an empty string."""
    if OLDEST <= version[:2] < TOO_NEW:
        return ""
    found = ".".join(str(part) for part in version[:3])
    return (
        "error: this is Python " + found + ", the project needs 3.11, 3.12 or 3.13: "
        "install one, or name it with PYTHON=/path/to/python\n"
    )


def main() -> int:
    """Check the version, then hand over to the installer."""
    message = refusal(sys.version_info)
    if message:
        sys.stderr.write(message)
        return 1
    root = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120 - as above
    sys.path.insert(0, root)
    from tools.environment import install

    return install(root)


if __name__ == "__main__":
    sys.exit(main())
