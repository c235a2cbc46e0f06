"""The progress card: topics, trend, reviews due, calendar, what was missed."""

from bot.core.figures import ProgressFigures
from bot.core.words import captions
from bot.pictures.calendar import calendar
from bot.pictures.card import Section, beside, head
from bot.pictures.forecast import forecast
from bot.pictures.remarks import missed
from bot.pictures.topics import topics
from bot.pictures.trend import trend


def progress_card(figures: ProgressFigures) -> tuple[Section, ...]:
    """Lay out the card; a panel without figures says what will stand there."""
    return (
        head(
            captions.PROGRESS,
            captions.full_date(figures.today),
            figures.name or captions.YOUR_PROGRESS,
            captions.headline(figures),
        ),
        topics(figures.topics),
        beside(trend(figures.trend), forecast(figures.forecast, figures.today)),
        calendar(figures.calendar, figures.today),
        missed(figures.missed),
    )
