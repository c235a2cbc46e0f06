"""`coach progress`: how whoever sits here is doing, in words or as a picture."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Home, application_for


class Background(StrEnum):
    """The background of the chat or page in which the picture is read."""

    DARK = "dark"
    LIGHT = "light"


def progress(
    context: typer.Context,
    topic: Annotated[
        str, typer.Argument(help="Only this topic, question by question.", show_default=False)
    ] = "",
    picture: Annotated[
        Path | None,
        typer.Option(help="Write a PNG to this new file and describe it.", show_default=False),
    ] = None,
    theme: Annotated[Background, typer.Option(help="Background.")] = Background.DARK,
    home: Home = None,
) -> None:
    """Show how you are doing, in all or in one topic: trend, calendar, what is missed most."""
    from bot.core.figures import Theme
    from bot.core.progress import words as progress_words
    from bot.core.progress.parsing import topic_of
    from bot.platforms.terminal.files import kept
    from bot.platforms.terminal.output import show_on
    from bot.platforms.terminal.person import person

    features = application_for(context, home).features
    show, user = show_on(sys.stdout), person()
    about = topic_of(topic, features.bank)
    if picture is None:
        show(features.progress_reports.tell(user, about))
        return
    drawn = features.progress_reports.picture(user, Theme(theme.value), about)
    show(kept(progress_words.pictured(drawn, str(picture)), Path()))
