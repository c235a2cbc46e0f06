"""A community full of rows, and somebody from another one who tries all of its ids."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select, text

from bot.bootstrap.application import Application
from bot.core.commands import Command, Kind, Parameter, Upload, Value
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.own_questions.model import OwnState
from bot.core.reply import Reply
from bot.platforms.front_desk import About
from bot.storage.engine import make_engine
from bot.storage.orm import Base
from knowledge.uploads import template
from tests.application import an_application
from tests.builders import NOON, a_user
from tests.core.samples import DRIFT, Studio
from tests.databases import MakeUnitOfWork, units_of
from tests.fakes import FakeGrader
from tests.shipped import shipped
from tests.storage.full import fill

MARK = "zebra"
"""Stands in every text of the community that nobody elsewhere may read."""

TEXTS = {"name", "display_name", "answer", "words", "sentence", "text", "reason"}
"""Columns that hold the words of people, or the names of places."""

OWNED = {"learners": "learner_id", "communities": "community_id", "channels": "channel_id"}
"""Tables whose own id is what other tables refer to by this name."""

EACH = 24
"""Tries of a command: all where there are no more, else so many at random."""

OURS = Place("ours", "11", "Our group", "ours", host=True)
ENTERED = {
    "kind": "wrong",
    "remark": "It is not so.",
    "point": "point",
    "sentence": "It is what I said.",
    "topic": "Monitoring and drift",
    "question": "How do you notice that a feature has stopped arriving?",
    "points": "A share of missing values shows it.\nIt is compared.\nAn alert names the feature.",
}
"""What may be entered in the form of a command, whichever it is."""

MALLORY = a_user("mallory", display_name="Mallory")
THEIRS = Place("guild", "7", "Their group", "theirs", host=True)
ADA = a_user("Ada")


class Bank:
    """What the application asks of a corpus where nothing is graded by a model."""

    bank = shipped()
    encoder: Any = None


@dataclass
class World:
    """Two communities in one database."""

    application: Application
    engine: Engine
    learner: int
    numbers: int
    question: str
    own_answer: int

    @classmethod
    def at(cls, home: Path) -> "World":
        """Fill a database; the first community has a row in every table."""
        studio = Studio()
        application = an_application(
            home,
            corpus=Bank(),
            grader=FakeGrader(),
            painter=lambda: studio,
            rate_limits={"community_factor": 0} | dict.fromkeys(LIMITED, 0),
        )
        engine = make_engine(application.settings.database_file)
        learner = fill(units_of(engine))
        with engine.begin() as connection:
            _about(connection, "a/b", DRIFT)
            _mark(connection)
            tables = [each for each in Base.metadata.sorted_tables if "id" in each.c]
            highest = max(connection.scalar(select(func.max(t.c.id))) or 0 for t in tables)
        with units_of(engine)() as uow:
            here = register_presence(uow, MALLORY, OURS, NOON)
            ask = uow.asks.add(here.learner.id, "monitoring/data-drift-detection", NOON)
            answer = uow.attempts.add(ask, ENTERED["sentence"], NOON)
            uow.commit()
        (own,) = application.features.bank.own(1)  # type: ignore[attr-defined]
        return cls(application, engine, learner, highest, own.id, answer.id)

    def rows(self) -> dict[str, list[str]]:
        """Everything that belongs to the first community and its people, table by table."""
        with self.engine.connect() as connection:
            found = {
                table.name: _theirs(connection, table, self.learner)
                for table in Base.metadata.sorted_tables
            }
        return {name: rows for name, rows in found.items() if rows is not None}

    def abouts(self) -> Iterator[About]:
        """All that a button can be about there."""
        for number in range(1, self.numbers + 1):
            yield About(ask_id=number)
            yield About(post_id=number)
        yield About(question_id=self.question)

    def tries(self, command: Command) -> Iterator[dict[str, Value]]:
        """What may be given with a command that means something there."""
        offered = [self._values(each) for each in command.parameters]
        every = list(product(*offered))
        chosen = random.Random(command.name).sample(every, min(EACH, len(every)))  # noqa: S311
        for values in chosen:
            names = (each.name for each in command.parameters)
            yield {n: v for n, v in zip(names, values, strict=True) if v is not None}

    def _values(self, parameter: Parameter) -> Sequence[Value | None]:
        """Return what may be given for a parameter, None where it may be left out."""
        name, content = template("csv")
        slug = self.question.rpartition("/")[2]
        given: dict[Kind, Sequence[Value | None]] = {
            Kind.INTEGER: [n for n in range(1, self.numbers + 1) if n <= parameter.most],
            Kind.FLAG: (True,),
            Kind.SWITCH: (True, False),
            Kind.CHOICE: tuple(parameter.choices),
            Kind.MEMBER: (ADA.external_id, str(self.learner)),
            Kind.FILE: (Upload(name, content.encode()),),
            Kind.PATH: (None,),
            Kind.TEXT: (self.question, slug, THEIRS.channel, "1"),
        }
        return (*given[parameter.kind], *(() if parameter.required else (None,)))


LIMITED = ("answers", "searches", "pictures", "files", "exports", "reports")


def told(reply: Reply) -> str:
    """Everything in a reply, with its files and what its buttons mean."""
    files = " ".join(f.plain_name + f.content.decode("utf-8", "replace") for f in reply.files)
    return f"{reply!r} {files}".casefold()


def leaks(reply: Reply) -> bool:
    """Whether words of the first community are in a reply."""
    return MARK in told(reply)


def _about(connection: Connection, before: str, after: str) -> None:
    """Let rows be about a question that is there."""
    for table in Base.metadata.sorted_tables:
        if "question_id" in table.c:
            theirs = table.c.question_id == before
            connection.execute(table.update().where(theirs).values(question_id=after))


def _mark(connection: Connection) -> None:
    """Put the mark into all texts."""
    for table in Base.metadata.sorted_tables:
        for name in TEXTS & set(table.c.keys()):
            connection.execute(table.update().values({name: f"{MARK} of {table.name}"}))
    connection.execute(
        text("UPDATE own_questions SET document = replace(document, 'lorries', :mark)"),
        {"mark": MARK},
    )


def _theirs(connection: Connection, table: Table, learner: int) -> list[str] | None:
    """Return a table's rows of the first community or its learner, None where no row is of any."""
    of_learners = [c for c in table.c if c.name.endswith("learner_id")]
    of_places = [c for c in table.c if c.name in {"community_id", "channel_id", "post_id"}]
    own = [table.c.id] if table.name in OWNED else []
    wanted = [c == learner for c in of_learners] + [c == 1 for c in (*of_places, *own)]
    if not wanted:
        return None
    condition = wanted[0]
    for each in wanted[1:]:
        condition = condition | each
    return sorted(map(repr, connection.execute(select(table).where(condition))))


def theirs(units: MakeUnitOfWork) -> tuple[Any, ...]:
    """What could change of another community's by one of its ids."""
    with units() as uow:
        return (
            uow.attempts.get(1),
            uow.asks.get(1),
            uow.learners.get(1),
            uow.plans.of_community(1),
            uow.flags.open_in(1, 10),
            uow.appeals.open_of(1),
            uow.posts.get(1),
            uow.champions.plan(1),
            uow.contributions.of_community(1, OwnState.ACTIVE),
        )
