"""Draw the conversation at a terminal that the README shows: `python -m tools.terminal_picture`."""

import io
import tempfile
from pathlib import Path

from rich.console import CONSOLE_SVG_FORMAT, Console  # type: ignore[attr-defined]

from bot.bootstrap.application import application_of
from bot.core.accounts.model import PlatformUser
from bot.platforms.terminal.person import PLATFORM
from bot.platforms.terminal.render import as_renderable
from bot.settings import Settings

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "feedback.svg"
COLUMNS = 100
FONTS = '"DejaVu Sans Mono", Menlo, Consolas, monospace'
ANSWER = (
    "The relationship between features and target changes after training. I compare predictions "
    "with the true labels every week and retrain on recent data."
)


def draw(path: Path) -> None:
    """Ask about concept drift, answer, and write what a terminal shows of it."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), highlight=False)
    user = PlatformUser(PLATFORM, "somebody")
    with tempfile.TemporaryDirectory() as home:
        coach = application_of(Settings(_env_file=None, home=Path(home))).features.coach
        console.print(as_renderable(coach.ask(user, "drift")))
        console.print(f"\n› {ANSWER}")
        console.print(as_renderable(coach.submit_answer(user, ANSWER)))
    console.save_svg(str(path), title="coach chat", code_format=_without_web_fonts())


def _without_web_fonts() -> str:
    """Return rich's form of a terminal with the reader's own fonts instead of fetched ones."""
    begin, end = CONSOLE_SVG_FORMAT.index("@font-face"), CONSOLE_SVG_FORMAT.index(".{unique_id}-")
    named = CONSOLE_SVG_FORMAT[:begin] + CONSOLE_SVG_FORMAT[end:]
    return named.replace("Fira Code, monospace", FONTS)


if __name__ == "__main__":
    draw(PICTURE)
