"""What Prometheus reads, and that the dashboard and the alerts ask for nothing else."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.core.measuring import Backlog, Trouble
from bot.storage.engine import make_engine
from bot.storage.repositories.backlog import SqlBacklog
from bot.watch.metrics import PrometheusMeter
from grading.grade import Band, OpinionOutcome
from tests.builders import a_grade

DOCS = Path(__file__).parents[2] / "docs"
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
METRIC = re.compile(r"\b(?:coach|process)_\w+")


def samples(meter: PrometheusMeter, **parts: str | None) -> dict[tuple[str, ...], float]:
    page = meter.page(lambda: parts)
    assert page.kind.startswith("text/plain")
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(page.body.decode())
        for sample in family.samples
    }


@pytest.fixture
def meter() -> PrometheusMeter:
    return PrometheusMeter()


def test_answers_grades_and_latencies_are_counted(meter: PrometheusMeter):
    meter.answer_taken("slack")
    meter.graded("slack", a_grade(band=Band.GOOD), 0.7)
    meter.graded("slack", a_grade(band=Band.GOOD), -1.0)
    meter.acknowledged("slack", 0.02)

    found = samples(meter)
    assert found["coach_answers_taken_total", "slack"] == 1
    assert found["coach_grades_total", "good", "slack"] == 2
    assert found["coach_grade_seconds_bucket", "1.0", "slack"] == 2
    assert found["coach_grade_seconds_sum", "slack"] == pytest.approx(0.7)
    assert found["coach_acknowledgement_seconds_count", "slack"] == 1


def test_second_opinions_and_troubles_are_counted_by_their_kind(meter: PrometheusMeter):
    late = {"second_opinion": OpinionOutcome.TIMED_OUT}
    meter.graded("discord", a_grade().model_copy(update=late), 1.0)
    meter.troubled("discord", Trouble.RATE_LIMITED)

    found = samples(meter)
    assert found["coach_second_opinions_total", "timed_out"] == 1
    assert found["coach_second_opinions_total", "answered"] == 0
    assert found["coach_platform_errors_total", "rate_limited", "discord"] == 1


def test_what_waits_is_told_and_what_is_no_more_is_zero(meter: PrometheusMeter):
    meter.backlog(Backlog(3, NOW - timedelta(seconds=90), {"sent": 5, "failed": 1}), NOW)
    found = samples(meter, database=None, slack="there is no connection")
    assert found["coach_answers_waiting",] == 3
    assert found["coach_oldest_waiting_seconds",] == 90
    assert found["coach_daily_posts", "failed"] == 1
    assert (found["coach_ready", "database"], found["coach_ready", "slack"]) == (1, 0)

    meter.backlog(Backlog(), NOW)
    found = samples(meter)
    assert found["coach_oldest_waiting_seconds",] == found["coach_daily_posts", "failed"] == 0


def test_an_empty_database_has_no_backlog(database: Path):
    engine = make_engine(database)
    assert SqlBacklog(engine).since(date(2026, 11, 29)) == Backlog()
    engine.dispose()


def expressions() -> Iterator[tuple[str, str]]:
    dashboard = json.loads((DOCS / "grafana.json").read_text())
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            yield panel["title"], target["expr"]
    text = (DOCS / "operations.md").read_text()
    rules = yaml.safe_load(text.partition("```yaml\n")[2].partition("```")[0])
    for rule in rules["groups"][0]["rules"]:
        yield rule["alert"], rule["expr"]


@pytest.mark.parametrize(("name", "expression"), list(expressions()), ids=lambda each: each[:20])
def test_the_dashboard_and_the_alerts_ask_for_what_is_there(
    meter: PrometheusMeter, name: str, expression: str
):
    meter.knows("slack")
    meter.drifted("scores", 0.2, 0.01)
    there = {each[0] for each in samples(meter, database=None)}
    asked = set(METRIC.findall(expression))

    assert asked <= there
    assert asked or "up{" in expression
    assert expression.count("(") == expression.count(")")


def test_every_metric_of_the_documentation_is_there_and_every_metric_is_documented(
    meter: PrometheusMeter,
):
    meter.knows("slack")
    meter.drifted("scores", 0.2, 0.01)
    told = set(re.findall(r"`(coach_\w+)`", (DOCS / "operations.md").read_text()))
    ends = re.compile(r"_(bucket|count|sum)$")
    there = {ends.sub("", each[0]) for each in samples(meter, database=None)}

    assert told == {n for n in there if n.startswith("coach_") and not n.endswith("_created")}
