"""A database as a year of daily questions would have filled it, for `coach bench`.

Plain SQL fills it, a thousand times faster than answering would. What it holds is made up: short
answers, short grades, everybody answering equally often; every eighth learner hides.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.accounts.model import PlatformUser
from bot.storage.orm.compact import FIRST_DAY, PERIODS
from bot.storage.orm.packed import pack

ANSWERS_EACH = 20
"""Answers of one learner: a million of them come from 50,000 learners."""

DAYS = 365
CHANNELS = 4

CHUNK = 50_000
"""Answers of one transaction: a second or so."""

PLATFORM = "bench"
GUILD = "crowd"

FAST = """
PRAGMA synchronous = OFF;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -500000;
"""
"""The file is thrown away, so that a crash may take it."""

CALENDAR = """
CREATE TEMP TABLE days (i INTEGER PRIMARY KEY, day, at, question_id, grade);
CREATE TEMP TABLE starts (day, period, start, PRIMARY KEY (day, period));
"""

PEOPLE = """
INSERT INTO communities (id, platform, external_id, name, created_at, staff_ranked)
VALUES (1, :platform, :guild, 'Crowd', :at, 1);
INSERT INTO channels (id, community_id, external_id, name, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :channels)
SELECT i, 1, i, 'channel ' || i, :at FROM n;
INSERT INTO learners (id, display_name, joined_at, day_starts, reviews_a_day, reminders)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :learners)
SELECT i, 'Learner ' || i, :at, 4, 20, 0 FROM n;
INSERT INTO identities (learner_id, platform, team, external_id)
SELECT id, :platform, '', id FROM learners;
INSERT INTO memberships
(community_id, learner_id, display_name, joined_at, role, visibility, shares_answers)
SELECT 1, id, display_name, :at, 'member',
CASE id % 8 WHEN 0 THEN 'hidden' WHEN 1 THEN 'anonymous' ELSE 'named' END, 0 FROM learners;
INSERT INTO daily_posts (id, channel_id, day, question_id, state, due_at, send_by, closes_at,
weight, late, thread, message_id, shown, tries, reason, claimed_by)
SELECT days.i * :channels + channels.id, channels.id, day, question_id, 'closed', at, at, at,
1.0, 0, 'none', '', 0, 0, '', '' FROM days, channels
"""

NUMBERS = """
CREATE TEMP TABLE numbers AS
WITH RECURSIVE n(i) AS (SELECT :low UNION ALL SELECT i + 1 FROM n WHERE i < :high)
SELECT i + 1 AS id, i % :learners + 1 AS learner, i * :days / :attempts AS number,
i % :learners % :channels + 1 AS channel, (i * 7919 % 101) / 100.0 AS score FROM n
"""

ANSWERS = """
INSERT INTO asks (id, learner_id, question_id, asked_at, state, hints, purpose, community_id,
channel_id, post_id)
SELECT n.id, learner, question_id, at, 'answered', 0, 'daily', 1, channel,
number * :channels + channel FROM numbers n JOIN days ON days.i = n.number;
INSERT INTO attempts (id, ask_id, learner_id, question_id, answer, submitted_at, hints_used,
assisted, first, community_id, channel_id, score, band, grade, grader_version, model, graded_at)
SELECT n.id, n.id, learner, question_id, 'An answer.', at, 0, 0, n.id <= :learners, 1, channel,
score, 'partial', pack(replace(grade, '0.125', score)), '1', 'bench', at
FROM numbers n JOIN days ON days.i = n.number;
INSERT INTO scored_attempts
(attempt_id, learner_id, community_id, channel_id, post_id, day, weight, points, unranked)
SELECT n.id, learner, 1, channel, number * :channels + channel, days.day, 1.0,
CAST(score * 100 + 0.5 AS INTEGER), '' FROM numbers n JOIN days ON days.i = n.number
"""

SUMS = """
INSERT INTO points (community_id, channel_id, period, start, learner_id, points, answers, shown)
SELECT 1, CASE :whole WHEN 1 THEN 0 ELSE channel_id END AS place, :period, start, learner_id,
sum(points), count(*), learner_id % 8 <> 0 FROM scored_attempts
JOIN starts ON starts.day = scored_attempts.day AND starts.period = :period
GROUP BY place, start, learner_id
"""

INDEXES = "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'points' AND type = 'index'"


@dataclass(frozen=True)
class Crowd:
    """So many answers, by learners who all answer equally often, until a day.

    `starts` tells the first day of each period that a day belongs to; `questions` are the ids of
    what is asked in turn, each with a grade whose score is 0.125.
    """

    attempts: int
    until: date
    starts: Callable[[date], dict[str, date]]
    questions: tuple[tuple[str, str], ...]

    @property
    def learners(self) -> int:
        """How many people answer."""
        return max(1, self.attempts // ANSWERS_EACH)

    def person(self, number: int) -> PlatformUser:
        """Return one of the learners, counted from 1."""
        return PlatformUser(PLATFORM, str(number), display_name=f"Learner {number}")

    def fill(self, connection: sqlite3.Connection, tick: Callable[[int], None]) -> None:
        """Fill an empty database at the newest schema; `tick` is told each step."""
        connection.executescript(FAST)
        self._lay_out_days(connection)
        at = _moment(self.until - timedelta(DAYS))
        known = {
            "platform": PLATFORM,
            "guild": GUILD,
            "at": at,
            "channels": CHANNELS,
            "learners": self.learners,
            "days": DAYS,
            "attempts": self.attempts,
        }
        _run(connection, PEOPLE, known)
        tick(1)
        connection.create_function("pack", 1, pack, deterministic=True)
        for low in range(0, self.attempts, CHUNK):
            high = min(low + CHUNK, self.attempts) - 1
            connection.execute(NUMBERS, known | {"low": low, "high": high})
            _run(connection, ANSWERS, known)
            connection.execute("DROP TABLE numbers")
            tick(1)
        self._sum(connection)
        tick(1)

    def _sum(self, connection: sqlite3.Connection) -> None:
        """Fill the sums, whose indexes are faster made at once than row by row."""
        indexes = connection.execute(INDEXES).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        for period in self.starts(self.until):
            for whole in (False, True):
                _run(connection, SUMS, {"period": PERIODS.index(period), "whole": int(whole)})
        for _, statement in indexes:
            connection.execute(statement)

    def _lay_out_days(self, connection: sqlite3.Connection) -> None:
        connection.executescript(CALENDAR)
        for number in range(DAYS):
            day = self.until - timedelta(DAYS - 1 - number)
            question = self.questions[number % len(self.questions)]
            asked = (number, day.isoformat(), _moment(day), *question)
            connection.execute("INSERT INTO days VALUES (?, ?, ?, ?, ?)", asked)
            for period, start in self.starts(day).items():
                first = (day.isoformat(), PERIODS.index(period), (start - FIRST_DAY).days)
                connection.execute("INSERT INTO starts VALUES (?, ?, ?)", first)


def _moment(day: date) -> str:
    """Return eight o'clock as the tables keep it."""
    return f"{day.isoformat()} 08:00:00.000000"


def steps_to_fill(attempts: int) -> int:
    """Return how many steps it takes to store so many answers."""
    return 2 + len(range(0, attempts, CHUNK))


def _run(connection: sqlite3.Connection, script: str, known: Mapping[str, object]) -> None:
    """Run statements with named values in one transaction."""
    connection.execute("BEGIN")
    for statement in script.split(";"):
        if statement.strip():
            connection.execute(statement, known)
    connection.execute("COMMIT")
