"""What is known of a person: handed out whole, deleted whole, on real databases."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fsrs import Rating
from sqlalchemy import Engine, MetaData, delete, inspect, select

from bot.core.accounts.model import LearnerSettings, PlatformUser
from bot.core.appeals.model import AppealState
from bot.core.champions.model import Champion, ChampionPlan
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.daily.retries import Admitted
from bot.core.flags.model import FlagKind
from bot.core.interviews.model import ended
from bot.core.leaderboard.model import Scored
from bot.core.notifications.model import FlagHandled
from bot.core.own_questions.model import OwnState
from bot.core.plans.model import StudyPlan
from bot.core.practice.answering import Answering
from bot.core.practice.model import AskState
from bot.core.practice.ratings import Elo
from bot.core.privacy.commands import privacy_commands
from bot.core.privacy.errors import NotConfirmed
from bot.core.privacy.model import Terms
from bot.core.privacy.service import CODE_VALID, EXPORT_FORMAT, EXPORT_VERSION, Privacy
from bot.core.reviews.model import review
from bot.core.streaks.timezone_changes import Days, TimezoneChange
from bot.core.words.errors import sentence_of
from bot.storage.orm import Base, LearnerRow
from bot.storage.repositories.records import EXPORTED, learner_columns, tables_of_learners
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_grade, a_plan, a_post, a_user
from tests.core.samples import DRIFT, coach_of, text_of, typed
from tests.databases import units_of
from tests.drafts import a_draft
from tests.fakes import FakeGrader, FixedClock

ADA = a_user("ada-account-77", display_name="Ada Lovelace-77")
BOB = a_user("bob-account", display_name="Bob")
THERE = Place("guild", "channel", "Guild", "general")
SECRETS = ("ada-account-77", "Lovelace-77", "analytical engine of mine", "Europe/Malta")

EMPTIED = {"champion_plans", "daily_plans", "own_questions"}
"""Tables whose rows belong to a community, and only forget who it was."""


class Desk:
    """The privacy of a database, with what it erased and wrote."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.unit_of_work = units_of(engine)
        self.clock = FixedClock()
        self.erased: list[PlatformUser] = []
        self.files: dict[str, bytes] = {}
        self.privacy = Privacy(self.unit_of_work, self.clock, Terms(90), self)
        self.commands = privacy_commands(self.privacy)

    def erase(self, user: PlatformUser) -> None:
        self.erased.append(user)

    def type_in(self, words: str, user: PlatformUser = ADA) -> str:
        reply = typed(self.commands, f"privacy {words}", user)
        self.files |= {file.name: file.content for file in reply.files}
        return text_of(reply)

    def code(self, user: PlatformUser = ADA) -> str:
        found = re.search(r"/privacy delete (\w+) within", self.type_in("delete", user))
        assert found
        return found.group(1)

    def fill(self, user: PlatformUser, answer: str, *, graded: bool = True) -> int:
        """Give the learner a row in every table; return their id."""
        with self.unit_of_work() as uow:
            here = register_presence(uow, user, THERE, NOON)
            mine = here.learner.id
            uow.learners.set_settings(mine, LearnerSettings(zone="Europe/Malta"))
            where = {"community_id": here.community_id, "channel_id": here.channel_id}
            ask = uow.asks.add(mine, DRIFT, NOON, **where)
            attempt = uow.attempts.add(ask, answer, NOON)
            uow.asks.update(ask.id, AskState.ANSWERED, 1)
            if graded:
                grade = a_grade(DRIFT)
                point = grade.points[0].model_copy(update={"evidence": answer})
                uow.attempts.record_grade(
                    attempt.id, grade.model_copy(update={"points": (point,)}), NOON
                )
            uow.activity_days.add(mine, NOON.date(), attempt.id)
            uow.zone_moves.add(mine, TimezoneChange(NOON, Days(), Days("Europe/Malta")))
            uow.cards.put(mine, review(None, DRIFT, Rating.Good, NOON))
            uow.elos.put_skill(mine, "monitoring", Elo())
            uow.interviews.update(ended(uow.interviews.add(mine, (DRIFT,), NOON), NOON))
            uow.audit.add(here.community_id or 0, mine, "exclude", "", NOON, about_id=mine)
            uow.reminders.note(mine, NOON.date())
            uow.study_plans.put(StudyPlan(mine, "ml-engineer", 2, 4, NOON.date(), NOON.date()))
            ask = uow.asks.latest(mine)
            assert ask is not None
            uow.held.add(ask, answer, NOON)
            uow.own_views.turn(attempt, "a-point", NOON)
            own = uow.channels.register(here.community_id or 0, f"own-{mine}", "", NOON)
            uow.plans.put(a_plan(own.id, host_learner_id=mine))
            post = a_post(uow, own.id)
            uow.admissions.put(post.id, mine, Admitted(at=NOON))
            uow.points.add(
                Scored(attempt.id, mine, own.community_id, own.id, post.id, post.day, 1.0, points=7)
            )
            club = uow.communities.register("discord", f"club-{mine}", "", NOON)
            uow.champions.put(ChampionPlan(club.id, "9", NOON.date(), mine))
            uow.champions.add(Champion(club.id, NOON.date(), mine, "9"))
            uow.exclusions.put(own.community_id, mine, mine, "copies", NOON)
            uow.flags.put(mine, DRIFT, FlagKind.WRONG, answer, NOON, here.community_id)
            assert here.community_id
            where_else = (here.community_id, DRIFT, "alert", answer)
            uow.appeals.add(mine, attempt.id, *where_else, NOON)
            assert here.community_id
            name = f"question-of-{mine}"
            uow.contributions.put(here.community_id, a_draft(name), OwnState.ACTIVE, mine, NOON)
            uow.notices.add(mine, FlagHandled(question="Why?"), NOON, here.community_id)
            uow.link_codes.put(mine, f"link-secret-{mine}", NOON + CODE_VALID)
            uow.link_codes.add_try(mine, NOON)
            uow.deletion_codes.put(mine, f"deletion-secret-{mine}", NOON + CODE_VALID)
            uow.commit()
        return mine

    def everything(self) -> dict[str, list[dict[str, Any]]]:
        """Return every row of every table that there is, whatever the code knows of it."""
        found = MetaData()
        found.reflect(self.engine)
        with self.engine.connect() as connection:
            return {
                name: [dict(row) for row in connection.execute(select(table)).mappings()]
                for name, table in found.tables.items()
            }


@pytest.fixture
def desk(every_engine: Engine) -> Desk:
    return Desk(every_engine)


def test_every_table_with_a_learner_in_it_is_exported():
    assert set(tables_of_learners(Base.metadata)) == set(EXPORTED)


def test_what_is_withheld_or_opened_exists():
    for name, how in EXPORTED.items():
        columns = set(Base.metadata.tables[name].columns.keys())
        assert how.withheld | how.documents <= columns


def test_every_reference_to_a_learner_goes_or_is_emptied_with_them():
    for table in tables_of_learners(Base.metadata).values():
        for column in learner_columns(table):
            rules = {key.ondelete for key in column.foreign_keys}
            assert rules <= {"CASCADE", "SET NULL"}
            assert rules or column.name == "id", f"{table.name}.{column.name} refers to nobody"


def test_it_is_said_what_is_stored_why_and_how_long(desk: Desk):
    told = desk.type_in("")

    assert "Your settings" in told
    assert "after 90 days" in told
    assert "30 days later your name, your points and your choices there go" in told
    assert "I look up who stands on a leaderboard before I show it" in told
    assert "/privacy export" in told


def test_whoever_reads_of_privacy_learns_whether_an_answer_leaves_the_machine(desk: Desk):
    outside = Privacy(desk.unit_of_work, desk.clock, Terms(), desk, "the model M at example.com")

    told = text_of(outside.explain())

    assert "sent to nobody" in desk.type_in("")
    assert "sent to nobody" not in told
    assert "without your name, to the model M at example.com" in told


def test_everything_is_exported_and_nothing_of_others(desk: Desk):
    mine = desk.fill(ADA, "An analytical engine of mine — größer.")
    desk.fill(BOB, "Bob's own words.")

    assert "in this file" in desk.type_in("export me.json")

    text = desk.files["me.json"].decode("utf-8")
    document = json.loads(text)
    assert list(document) == sorted(document)
    assert (document["format"], document["version"]) == (EXPORT_FORMAT, EXPORT_VERSION)
    assert set(document["tables"]) == set(EXPORTED)
    assert all(document["tables"].values())
    (attempt,) = document["tables"]["attempts"]
    assert attempt["learner_id"] == mine
    assert attempt["answer"].endswith("größer.")
    assert attempt["grade"]["points"][0]["evidence"] == attempt["answer"]
    assert "größer" in text
    assert "Bob" not in text
    assert "secret" not in text


def test_an_export_names_its_file_itself_where_nobody_does(desk: Desk):
    desk.type_in("export")

    assert list(desk.files) == ["interview-coach-export-20261123-120000.json"]
    assert json.loads(*desk.files.values())["tables"] == {}


def test_asking_to_delete_deletes_nothing(desk: Desk):
    desk.fill(ADA, "x y")
    told = desk.type_in("delete")

    assert "cannot be undone" in told
    assert desk.everything()["attempts"]


@pytest.mark.parametrize("typed", [str.lower, lambda code: f"  {code[:2]}-{code[2:]} "])
def test_a_deletion_leaves_no_row_and_no_word_of_the_learner(desk: Desk, typed):
    mine = desk.fill(ADA, "An analytical engine of mine.")
    his = desk.fill(BOB, "Bob's own words.")
    before = {name: len(rows) for name, rows in desk.everything().items()}

    told = desk.type_in(f"delete {typed(desk.code())}")

    assert "deleted" in told
    assert "30 days" in told
    after = desk.everything()
    assert not any(secret in repr(after) for secret in SECRETS[:3])
    for name in EXPORTED:
        columns = learner_columns(Base.metadata.tables[name])
        ids = {row[column.name] for row in after[name] for column in columns}
        assert mine not in ids, name
        assert his in ids, name
        assert len(after[name]) == before[name] / (1 if name in EMPTIED else 2)
    assert len(after["communities"]) == before["communities"]
    assert desk.erased == [ADA]


def test_an_old_code_and_somebody_elses_delete_nothing(desk: Desk):
    desk.fill(ADA, "x y")
    desk.fill(BOB, "x y")
    bobs, old = desk.code(BOB), desk.code()

    for code in (bobs, "", "nonsense"):
        with pytest.raises(NotConfirmed) as caught:
            desk.privacy.delete(ADA, code)
    desk.clock.pass_by(CODE_VALID + timedelta(seconds=1))
    with pytest.raises(NotConfirmed):
        desk.privacy.delete(ADA, old)

    assert "nothing was deleted" in sentence_of(caught.value)
    assert len(desk.everything()["attempts"]) == 2
    assert desk.erased == []


def test_somebody_who_is_gone_can_begin_anew(desk: Desk):
    first = desk.fill(ADA, "x y")
    desk.type_in(f"delete {desk.code()}")

    assert "I store nothing about you" in desk.type_in("delete")
    assert "I store nothing about you" in desk.type_in("delete ABCD")
    assert desk.fill(ADA, "x y") != first


def meanwhile(desk: Desk, bank: QuestionBank, act: Callable[[], None]) -> Answering:
    """Return what takes answers while `act` happens between the answer and its grade."""
    grader = FakeGrader(meanwhile=act)
    return Answering(bank, grader, desk.unit_of_work, desk.clock, (_note,))


def _note(uow: Any, attempt: Any, question: object, now: object) -> None:
    raise AssertionError(f"attempt {attempt.id} is gone, and nothing follows from its grade")


def test_a_grade_that_comes_after_the_deletion_brings_nothing_back(desk: Desk, bank: QuestionBank):
    desk.fill(ADA, "An analytical engine of mine.", graded=False)
    desk.fill(BOB, "Bob's own words.")
    code = desk.code()
    answering = meanwhile(desk, bank, lambda: desk.privacy.delete(ADA, code))

    list(answering.grade_pending())

    after = desk.everything()
    assert len(after["attempts"]) == len(after["learners"]) == 1
    assert not any(secret in repr(after) for secret in SECRETS[:3])


def test_an_answer_whose_learner_goes_while_it_is_graded_is_still_answered(
    desk: Desk, bank: QuestionBank
):
    desk.fill(ADA, "x y")
    code = desk.code()
    answering = meanwhile(desk, bank, lambda: desk.privacy.delete(ADA, code))

    coach = coach_of(bank, answering, desk.unit_of_work, desk.clock)

    told = text_of(coach.submit_answer(ADA, "An analytical engine of mine, again."))

    assert "good" in told
    assert desk.everything()["attempts"] == []
    assert desk.everything()["learners"] == []


def test_a_table_that_refers_to_a_learner_is_found_by_the_database_too(desk: Desk):
    tables = inspect(desk.engine)
    referring = {
        name
        for name in tables.get_table_names()
        if any(
            key["referred_table"] == LearnerRow.__tablename__
            for key in tables.get_foreign_keys(name)
        )
    }

    assert referring | {"learners"} == set(EXPORTED)


def test_nothing_is_left_when_a_deletion_fails_halfway(desk: Desk):
    desk.fill(ADA, "x y")
    with desk.unit_of_work() as uow:
        learner = uow.learners.find(ADA)
        assert learner
        uow.records.delete(learner.id)

    with desk.engine.connect() as connection:
        assert connection.execute(select(LearnerRow)).all()
        connection.execute(delete(LearnerRow))


def test_a_host_gets_what_they_decided_without_the_words_of_others(desk: Desk):
    theirs = desk.fill(BOB, "Bob's own words.")
    with desk.unit_of_work() as uow:
        host = uow.learners.register(ADA, NOON).id
        (appeal,), flag = uow.appeals.open_of(theirs), uow.flags.open_one(theirs, DRIFT)
        assert flag
        uow.appeals.decide(appeal.id, AppealState.DECLINED, NOON, host, "Too vague.")
        uow.flags.handle(flag.id, host, NOON)
        uow.commit()

    desk.type_in("export")

    (content,) = desk.files.values()
    tables = json.loads(content)["tables"]
    assert [(row["learner_id"], row["sentence"]) for row in tables["appeals"]] == [(None, None)]
    assert [(row["learner_id"], row["words"]) for row in tables["flags"]] == [(None, None)]
    assert tables["appeals"][0]["reason"] == "Too vague."
    assert "Bob's own words." not in content.decode()
