"""`coach` and `python -m bot`: run the command line; what goes wrong is never a traceback."""

import io
import sys


def main() -> None:
    """Run the command line and exit: 0 good, 1 a domain error in one line, 2 wrong usage."""
    from bot.cli import app, explain

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that is not Unicode shows '?' for what it cannot show; nothing crashes.
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="coach")
    except BrokenPipeError:
        # The reader of our output has gone (`coach topics | head`): nothing left to say.
        sys.stderr.close()
        sys.exit(1)
    except Exception as problem:  # noqa: BLE001 explained; the log has the rest
        print(f"coach: {explain(problem)}", file=sys.stderr)  # noqa: T201 the command line's own output
        sys.exit(1)


if __name__ == "__main__":
    main()
