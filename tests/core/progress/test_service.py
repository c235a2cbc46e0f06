"""How a learner is doing, in figures, words and pictures, on real databases."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.accounts.model import LearnerSettings, PlatformUser
from bot.core.calendar.days import local_day
from bot.core.errors import PictureUnavailable
from bot.core.figures import (
    CALENDAR_WEEKS,
    CalendarDay,
    DayKind,
    DueForecast,
    Figures,
    Picture,
    Theme,
    TrendPoint,
    first_monday,
)
from bot.core.practice.ratings import Elo
from bot.core.progress.charts import MOST_MISSED, by_day, calendar_of, missed_of, trend_of
from bot.core.progress.model import AnswerLine
from bot.core.progress.service import ProgressReports
from bot.core.progress.standing import Standing, StreakFigures
from bot.core.progress.words import MOST_QUESTIONS
from bot.core.questions.errors import UnknownTopic
from bot.core.reply import Bars
from bot.core.reviews.model import Card
from bot.core.words.alt_text import alt_text
from bot.core.words.buttons import brief
from bot.core.words.errors import sentence_of
from grading.grade import Band, Grade, PointResult, PointStatus
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_grade, a_user
from tests.core.samples import DRIFT, text_of, typed
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

ADA, BOB = a_user("A"), a_user("B")
LIME = "interpretability/lime"
SKEW = "monitoring/training-serving-skew"
TODAY = NOON.date()


def a_point(name: str, status: PointStatus) -> PointResult:
    return PointResult(id=name, text=f"The point {name}.", weight=1, status=status, credit=0)


def graded(question: str, score: float, *points: PointResult) -> Grade:
    return a_grade(question, score=score).model_copy(update={"points": points})


def missing(*names: str) -> Grade:
    return graded(DRIFT, 0.3, *(a_point(name, PointStatus.MISSED) for name in names))


class Studio:
    """Progress over a database, with a painter that draws nothing and files in memory."""

    def __init__(self, unit_of_work: MakeUnitOfWork, bank: QuestionBank) -> None:
        self.unit_of_work = unit_of_work
        self.bank = bank
        self.clock = FixedClock()
        self.files: dict[str, bytes] = {}
        self.alt = ""
        self.problem: Exception | None = None

    def progressing(self, standing: Standing | None = None) -> ProgressReports:
        return ProgressReports(self.bank, self.unit_of_work, self.clock, lambda: self, standing)

    def paint(self, figures: Figures, theme: Theme = Theme.DARK) -> Picture:
        if self.problem:
            raise self.problem
        return Picture(b"PNG", alt_text(figures), f"progress-{theme}.png")

    def answer(
        self, grade: Grade | None, at: datetime = NOON, user: PlatformUser = ADA, question=DRIFT
    ) -> None:
        with self.unit_of_work() as uow:
            learner = uow.learners.register(user, at)
            ask = uow.asks.add(learner.id, question, at)
            attempt = uow.attempts.add(ask, "Some words.", at)
            if grade is not None:
                uow.attempts.record_grade(attempt.id, grade, at)
            uow.commit()

    def live_in(self, zone: str, day_starts: int = 4) -> None:
        with self.unit_of_work() as uow:
            learner = uow.learners.register(ADA, NOON)
            uow.learners.set_settings(learner.id, LearnerSettings(zone, day_starts))
            uow.commit()

    def type_in(self, words: str = "") -> str:
        reply = typed(self.progressing().commands(), f"progress {words}", ADA)
        self.files |= {file.name: file.content for file in reply.files}
        self.alt = "".join(file.alt for file in reply.files)
        return text_of(reply)

    def remember(self, question: str, at: datetime, days: float = 3.0) -> None:
        """Let a question come back about so many days after a moment."""
        with self.unit_of_work() as uow:
            learner = uow.learners.register(ADA, at)
            due = at + timedelta(days=days)
            uow.cards.put(learner.id, Card(question, days, 5.0, due, at))
            uow.commit()

    def rate(self, topic: str, elo: Elo) -> None:
        with self.unit_of_work() as uow:
            uow.elos.put_skill(uow.learners.register(ADA, NOON).id, topic, elo)
            uow.commit()


@pytest.fixture
def studio(every_unit_of_work: MakeUnitOfWork, bank: QuestionBank) -> Studio:
    return Studio(every_unit_of_work, bank)


def test_somebody_new_is_told_how_to_begin(studio: Studio):
    assert "/ask" in studio.type_in()
    assert studio.progressing().figures(ADA).answers == 0


def test_the_record_is_told_and_the_figures_below_it(studio: Studio):
    studio.answer(missing("alert"), NOON - timedelta(days=9))
    studio.answer(graded(LIME, 0.9), question=LIME)
    studio.answer(None)

    told = studio.type_in()

    for words in (
        "3 answers so far; 2 of",
        "1 grade still to come",
        "Worth another look",
        "/ask concept-drift — 30 %",
        "Score trend",
        "Last 26 weeks",
        "The point alert. (1× of 1)",
        "2 of 10 days",
    ):
        assert words in told
    assert told.count("Your progress") == 1


def test_words_and_picture_tell_the_same_figure_for_a_topic_once(studio: Studio):
    studio.rate("monitoring", Elo(1900, 60))
    studio.answer(graded(DRIFT, 0.8))
    studio.answer(graded(LIME, 0.0), question=LIME)

    shown = {row.topic: row.mean for row in studio.progressing().figures(ADA).topics}
    told = studio.progressing().tell(ADA)
    bars = [row for block in told.blocks if isinstance(block, Bars) for row in block.rows]

    assert (shown["Monitoring and drift"], shown["Interpretability"]) == (0.8, 0)
    assert shown["Deep learning"] is None
    assert {row.label: row.share for row in bars if row.label in shown} == shown
    assert sum(row.label in shown for row in bars) == len(shown)
    assert "80 %" in text_of(told)
    assert "Monitoring and drift 80 %" in studio.progressing().picture(ADA).alt_text


def test_nobody_elses_answers_count(studio: Studio):
    studio.answer(missing("alert"), user=BOB)
    studio.answer(graded(DRIFT, 0.9))

    figures = studio.progressing().figures(ADA)

    assert (figures.answers, figures.missed) == (1, ())
    assert figures.trend == (TrendPoint(TODAY, 0.9),)


def test_days_are_those_of_the_learners_zone_and_hour(studio: Studio):
    studio.live_in("Pacific/Kiritimati")  # 14 hours ahead: 02:00 on the next day, before 4
    studio.answer(graded(DRIFT, 0.5))
    studio.answer(graded(DRIFT, 0.7), NOON + timedelta(hours=3))
    studio.clock.pass_by(timedelta(hours=3))

    figures = studio.progressing().figures(ADA)

    assert figures.today == TODAY + timedelta(days=1)
    assert [(day.date, day.answers) for day in figures.calendar] == [
        (TODAY, 1),
        (TODAY + timedelta(days=1), 1),
    ]


def test_the_integrators_sources_fill_the_rest(studio: Studio):
    frozen = TODAY - timedelta(days=1)
    standing = Standing(
        forecast=lambda _, learner, now: (DueForecast(now.date(), learner.id),),
        streak=lambda *_: StreakFigures(4, {frozen: DayKind.FREEZE}),
    )
    studio.answer(graded(DRIFT, 0.5))

    figures = studio.progressing(standing).figures(ADA)

    assert figures.streak == 4
    assert figures.forecast[0].count == 1
    assert figures.calendar == (
        CalendarDay(frozen, 0, DayKind.FREEZE),
        CalendarDay(TODAY, 1, DayKind.ANSWERED),
    )


def test_a_picture_is_handed_out_and_described(studio: Studio):
    studio.answer(graded(DRIFT, 0.5))

    told = studio.type_in("picture me.png")

    assert studio.files == {"me.png": b"PNG"}
    assert "50 % on average" in told
    assert told in studio.alt
    studio.type_in("PICTURE")
    assert set(studio.files) == {"me.png", "progress-dark.png"}


def test_the_picture_has_five_figures_and_the_one_of_all_topics_stands_behind_its_button(
    studio: Studio,
):
    studio.answer(graded(DRIFT, 0.5))
    steps = "deployment/deployment-steps"
    studio.answer(graded(steps, 0.9), question=steps)

    short = typed(studio.progressing().commands(), "progress picture", ADA)

    (file,) = short.files
    assert "70 % on average, a streak of 0 days, 0 reviews due today." in file.alt
    assert "Strongest: Deployment, 90 %. Weakest: Monitoring and drift, 50 %." in file.alt
    (button,) = short.choices
    assert button.label == "All topics"
    studio.type_in(button.words.removeprefix("progress "))
    assert "2 answers" in studio.alt


def test_all_topics_are_told_at_length_without_a_picture_too(studio: Studio):
    studio.answer(graded(DRIFT, 0.5))

    assert studio.type_in("all topics") == studio.type_in("all") == studio.type_in()


def test_a_phone_shows_no_bars_and_all_topics_behind_a_button(studio: Studio):
    studio.answer(graded(DRIFT, 0.5))
    commands = studio.progressing().commands()

    shown = brief(typed(commands, "progress", ADA))

    assert "50 % on average" in text_of(shown)
    assert not any(isinstance(block, Bars) for block in shown.blocks)
    (details,) = shown.choices
    whole = typed(commands, details.words, ADA)
    assert brief(whole) == whole
    assert "Last 26 weeks" in text_of(whole)


def test_equal_topics_have_no_weakest(studio: Studio):
    studio.answer(graded(DRIFT, 0.5))

    studio.type_in("picture")

    assert "Strongest: Monitoring and drift, 50 %." in studio.alt
    assert "Weakest" not in studio.alt


def test_a_picture_that_cannot_be_drawn_leaves_no_file(studio: Studio):
    studio.problem = PictureUnavailable("it took too long")

    with pytest.raises(PictureUnavailable):
        studio.type_in("picture")

    assert studio.files == {}


def test_a_topic_is_told_question_by_question(studio: Studio):
    studio.answer(graded(DRIFT, 0.8), NOON - timedelta(days=9))
    studio.answer(missing("alert"), NOON - timedelta(days=2))
    studio.answer(graded(SKEW, 0.9), question=SKEW)
    studio.answer(graded(LIME, 0.0, a_point("local", PointStatus.MISSED)), question=LIME)
    studio.remember(SKEW, NOON)

    told = studio.type_in("monitoring")

    for words in (
        "Your progress: Monitoring and drift",
        "3 answers so far; 2 of",
        "60 % on average",
        "Average score from 14 Nov 2026",
        "3 days with answers",
        "concept-drift\n30 %, best 80 %",
        "training-serving-skew\n90 %, back on 26 Nov",
        "The point alert. (1× of 1)",
        "not tried yet: /ask monitoring brings one.",
    ):
        assert words in told
    assert told.index("concept-drift\n") < told.index("training-serving-skew\n")
    assert "The point local." not in told


@pytest.mark.parametrize(
    "words", ["Monitoring and Drift", "observability", "“monitoring”", "drift", DRIFT]
)
def test_a_topic_goes_by_any_of_its_names_and_those_of_its_questions(studio: Studio, words: str):
    assert "Monitoring and drift" in studio.type_in(words)


def test_words_that_name_no_topic_are_answered_with_those_that_do(studio: Studio):
    for words in ("knitting", "knitting picture", "knitting picture me.png"):
        with pytest.raises(UnknownTopic) as refused:
            studio.type_in(words)
        assert refused.value.words == "knitting"
        assert "monitoring" in sentence_of(refused.value)
    assert studio.files == {}


def test_a_topic_without_answers_says_how_to_begin(studio: Studio):
    studio.answer(graded(LIME, 0.4), question=LIME)

    for user in (ADA, BOB):
        reply = typed(studio.progressing().commands(), "progress monitoring", user)
        assert "Type /ask monitoring for the first." in text_of(reply)
        assert [choice.words for choice in reply.choices] == ["ask monitoring"]
    assert not studio.progressing().topic_figures(BOB, studio.bank.topic("monitoring")).tried


def test_what_is_next_is_what_asking_would_bring(studio: Studio):
    every = [question.id for question in studio.bank.by_topic("monitoring")]
    for question in every:
        studio.answer(graded(question, 0.9), NOON - timedelta(days=9), question=question)
    assert "Nothing here needs you just now." in studio.type_in("monitoring")

    studio.remember(every[0], NOON)
    assert "Nothing here needs you before 26 Nov 2026" in studio.type_in("monitoring")

    studio.answer(graded(every[1], 0.5), question=every[1])
    slug = studio.bank.get(every[1]).slug
    assert f"at 50 %: /ask {slug} gives it another go." in studio.type_in("monitoring")

    studio.remember(every[0], NOON - timedelta(days=9))
    assert "1 review is due: /ask monitoring brings it back." in studio.type_in("monitoring")
    assert "due today" in studio.type_in("monitoring")


def test_answers_with_the_reference_and_grades_to_come_count_as_no_score(studio: Studio):
    studio.answer(None)

    told = studio.type_in("monitoring")

    assert "1 answer so far; 1 of" in told
    assert "1 grade still to come." in told
    assert "concept-drift\nno score of your own yet" in told
    assert "on average" not in told


def test_a_topic_with_sixty_questions_names_the_weakest_and_counts_the_rest(
    every_unit_of_work: MakeUnitOfWork, bank: QuestionBank
):
    question = bank.get(DRIFT)
    many = [
        question.model_copy(update={"id": f"monitoring/number-{number}", "aliases": ()})
        for number in range(60)
    ]
    studio = Studio(every_unit_of_work, QuestionBank(bank.topics, many))
    for number, each in enumerate(many[:30]):
        studio.answer(graded(each.id, 1 - number / 30), question=each.id)

    reply = typed(studio.progressing().commands(), "progress monitoring", ADA)

    (bars,) = (block for block in reply.blocks if isinstance(block, Bars))
    assert len(bars.rows) == MOST_QUESTIONS
    assert bars.rows[0].label == "number-29"
    assert "+40 more, 30 of them not tried yet." in text_of(reply)
    assert len(alt_text(studio.progressing().topic_figures(ADA, bank.topic("monitoring")))) < 1_000


def test_a_topic_is_drawn_into_a_file(studio: Studio):
    studio.answer(graded(DRIFT, 0.5))

    told = studio.type_in("monitoring picture me.png")

    assert studio.files == {"me.png": b"PNG"}
    assert "Progress in Monitoring and drift on 23 Nov 2026: 1 answer, 1 of" in told
    assert "concept-drift 50 %" in told


def test_old_answers_in_a_topic_are_found_behind_many_in_others(studio: Studio):
    studio.answer(missing("alert"))
    for _ in range(3):
        studio.answer(graded(LIME, 0.4), question=LIME)
    with studio.unit_of_work() as uow:
        learner = uow.learners.find(ADA)
        assert learner
        found = uow.history.latest_grades(learner.id, 2, {DRIFT})

    assert [grade.question_id for grade in found] == [DRIFT]


def test_only_the_newest_grades_are_read(studio: Studio):
    for name in ("a", "b", "c"):
        studio.answer(missing(name))
    with studio.unit_of_work() as uow:
        learner = uow.learners.find(ADA)
        assert learner
        newest = uow.history.latest_grades(learner.id, 2)

    assert [grade.points[0].id for grade in newest] == ["c", "b"]


def test_points_are_counted_where_they_were_looked_for():
    covered = graded(DRIFT, 1, a_point("a", PointStatus.COVERED))
    wrong = graded(DRIFT, 0, a_point("a", PointStatus.CONTRADICTED))

    (point,) = missed_of([covered, wrong, missing("a")])

    assert (point.text, point.count, point.of) == ("The point a.", 2, 3)
    assert len(missed_of([missing(*"abcdefgh")])) == MOST_MISSED


@given(
    days=st.lists(st.integers(-400, 3), max_size=30),
    zone=st.sampled_from(
        ["Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "UTC"]
    ),
    day_starts=st.integers(0, 12),
)
def test_no_day_outside_of_26_weeks_is_shown_and_none_twice(
    days: Iterable[int], zone: str, day_starts: int
):
    lines = [
        AnswerLine(DRIFT, NOON + timedelta(days=day), assisted=False, score=0.5, band=Band.PARTIAL)
        for day in days
    ]
    found = by_day(lines, ZoneInfo(zone), day_starts, NOON)

    today = local_day(NOON, ZoneInfo(zone), day_starts)
    calendar, trend = calendar_of(found, {}, date(2020, 1, 1), today), trend_of(found)

    dates = [day.date for day in calendar]
    assert dates == [first_monday(today) + timedelta(days=step) for step in range(len(dates))]
    assert dates[-1] == today
    assert 7 * (CALENDAR_WEEKS - 1) < len(dates) <= 7 * CALENDAR_WEEKS
    assert [point.date for point in trend] == [day.date for day in calendar if day.answers]
    assert sum(day.answers for day in calendar) == sum(map(len, found.values()))


def test_assisted_and_pending_answers_move_no_trend():
    at = datetime(2026, 11, 23, tzinfo=UTC)
    lines = [
        AnswerLine(DRIFT, at, assisted=True, score=1.0, band=Band.STRONG),
        AnswerLine(DRIFT, at, assisted=False),
    ]

    found = by_day(lines, UTC, 0, NOON)

    assert trend_of(found) == ()
    assert [day.answers for day in calendar_of(found, {}, TODAY, TODAY)] == [2]
