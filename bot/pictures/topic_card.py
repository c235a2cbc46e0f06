"""The card of one topic: questions, trend, reviews due, calendar, what was missed."""

from bot.core.figures import TopicFigures
from bot.core.words import captions
from bot.pictures.calendar import calendar
from bot.pictures.card import Section, beside, head
from bot.pictures.forecast import forecast
from bot.pictures.questions import questions
from bot.pictures.remarks import missed
from bot.pictures.trend import trend


def topic_card(figures: TopicFigures) -> tuple[Section, ...]:
    """Lay out the card."""
    return (
        head(
            captions.PROGRESS,
            captions.full_date(figures.today),
            figures.topic,
            captions.topic_headline(figures),
        ),
        questions(figures.questions, figures.today),
        beside(trend(figures.trend), forecast(figures.forecast, figures.today)),
        calendar(figures.calendar, figures.today, streaks=False),
        missed(figures.missed),
    )
