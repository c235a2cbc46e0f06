"""The capacity model: its queue against known formulas, its day against what one expects of it."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.capacity.arrivals import DAY, POSTED_AT, ZONES, Crowd
from benchmarks.capacity.model import ASSUMED, POLL_SECONDS, POSTS_AT_ONCE, Constants, House
from benchmarks.capacity.queues import mean_wait_md1, mean_wait_mmc, waits
from benchmarks.capacity.simulating import play
from bot.core import rounds
from bot.settings import Settings

MANY = 200_000


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (1, 0.8), (4, 0.7), (16, 0.9)])
def test_the_line_waits_as_erlang_says(servers: int, load: float):
    luck = np.random.default_rng(11)
    service = 0.05
    rate = load * servers / service
    arrivals = np.cumsum(luck.exponential(1 / rate, MANY)).tolist()
    services = luck.exponential(service, MANY).tolist()

    found = float(np.mean(waits(arrivals, services, servers)))

    assert found == pytest.approx(mean_wait_mmc(rate, service, servers), rel=0.1)


@pytest.mark.parametrize("load", [0.3, 0.6, 0.85])
def test_of_equal_services_it_waits_as_pollaczek_and_khinchine_say(load: float):
    luck = np.random.default_rng(12)
    service = 0.05
    arrivals = np.cumsum(luck.exponential(service / load, MANY)).tolist()

    found = float(np.mean(waits(arrivals, (service,), 1)))

    assert found == pytest.approx(mean_wait_md1(load / service, service), rel=0.05)


def test_the_formulas_agree_with_what_books_say():
    assert mean_wait_mmc(0.5, 1.0, 1) == pytest.approx(1.0)  # M/M/1: load / (1 - load) services
    assert mean_wait_mmc(1.5, 1.0, 2) == pytest.approx(1.2857, abs=1e-4)
    assert mean_wait_md1(0.5, 1.0) == pytest.approx(0.5)  # half of M/M/1


def test_a_day_has_its_answers_after_the_posts_of_each_zone():
    crowd = Crowd(20_000, answers=2.0)

    moments = crowd.day(1)

    assert len(moments) == pytest.approx(40_000, rel=0.03)
    assert moments[0] >= 0
    assert moments[-1] < DAY
    counts, _ = np.histogram(moments, 24, (0, DAY))
    first_hour = int((POSTED_AT - 9 * 3600) // 3600)  # Tokyo's nine o'clock, with one in twenty
    assert counts.max() > 1.5 * counts.mean()
    assert counts[first_hour] < counts.max()
    assert sum(ZONES.values()) == pytest.approx(1)


def test_more_models_shorten_the_wait_and_too_few_show_it():
    crowd = Crowd(2_000_000)
    few, many = (play(crowd, House(4, graders, 16), ASSUMED) for graders in (2, 12))

    assert few.model_load > 1 > many.model_load
    assert few.graded.p99 > 60
    assert many.graded.p99 < 2
    assert few.acknowledged == many.acknowledged
    assert many.memory_mb == round(16 * ASSUMED.memory_mb)


def test_questions_that_are_due_together_come_one_after_the_other():
    small, large = (play(Crowd(count), House(), ASSUMED) for count in (300, 300_000))

    assert small.posted.most < POLL_SECONDS + 2
    assert large.posted.most > 60
    assert House(1000).posts_a_second() == House(100).posts_a_second()  # one bot has one limit


def test_the_model_knows_the_constants_of_the_program():
    assert POSTS_AT_ONCE == rounds.AT_ONCE
    assert Settings.model_fields["poll_seconds"].default == POLL_SECONDS


def test_constants_come_from_a_whole_run_of_the_bench(tmp_path: Path):
    file = tmp_path / "bench.json"
    database = {"attempts": 1000, "mb": 2.0, "answer_ms_p50": 10.0}
    whole = {"answers_per_second": {"64": 50.0}, "rss_mb": 600.0, "database": database}
    file.write_text(json.dumps(whole))

    assert Constants.read(file) == Constants(0.02, 0.01, 600.0, 2000.0)

    del whole["database"]
    file.write_text(json.dumps(whole))
    with pytest.raises(ValueError, match="no whole output"):
        Constants.read(file)
