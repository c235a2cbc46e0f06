from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.insights.health import LEAST_FOR_CONCERN, Concern, health_of
from bot.core.insights.statistics import QuestionStatistics
from bot.core.practice.ratings import Elo

SOUND = QuestionStatistics("a/sound", 20, 0.6, 0.4, 0.45, None, ())


def worst(*every: QuestionStatistics, **flags: int) -> list[str]:
    named = {f"a/{name}": count for name, count in flags.items()}
    return [each.statistics.question_id for each in health_of(every, {}, named)]


def concerns(**changes: object) -> tuple[Concern, ...]:
    (health,) = health_of([replace(SOUND, **changes)], {}, {})
    return health.concerns


def test_the_gravest_come_first() -> None:
    every = [
        replace(SOUND, question_id="a/easy", mean=0.95),
        SOUND,
        replace(SOUND, question_id="a/reversed", discrimination=-0.3),
        replace(SOUND, question_id="a/blunt", discrimination=0.1),
        replace(SOUND, question_id="a/hard", mean=0.1),
        replace(SOUND, question_id="a/flagged"),
        replace(SOUND, question_id="a/telling", discrimination=0.7),
    ]

    assert worst(*every, flagged=2) == [
        "a/reversed",
        "a/flagged",
        "a/hard",
        "a/blunt",
        "a/easy",
        "a/sound",
        "a/telling",
    ]


def test_limits_of_concern() -> None:
    assert concerns() == ()
    assert concerns(discrimination=-0.01) == (Concern.REVERSED,)
    assert concerns(discrimination=0.0) == (Concern.BLUNT,)
    assert concerns(discrimination=0.2) == ()
    assert concerns(discrimination=None) == ()
    assert concerns(mean=0.199) == (Concern.TOO_HARD,)
    assert concerns(mean=0.2) == ()
    assert concerns(mean=0.9) == (Concern.TOO_EASY,)
    assert concerns(mean=0.1, answers=LEAST_FOR_CONCERN - 1) == ()


def test_more_concerns_of_one_gravity_come_first() -> None:
    one = replace(SOUND, question_id="a/one", discrimination=-0.5)
    two = replace(SOUND, question_id="a/two", discrimination=-0.1, mean=0.1)

    assert worst(one, two) == ["a/two", "a/one"]


def test_rating_and_flags_are_carried() -> None:
    (health,) = health_of([SOUND], {"a/sound": Elo(1600, 80)}, {"a/sound": 1, "a/other": 4})

    assert (health.elo, health.flags) == (Elo(1600, 80), 1)


@given(st.permutations(range(6)))
def test_the_order_does_not_depend_on_the_order(order: list[int]) -> None:
    every = [replace(SOUND, question_id=f"a/{n}", discrimination=n % 2 / 10) for n in order]

    assert worst(*every) == ["a/0", "a/2", "a/4", "a/1", "a/3", "a/5"]
