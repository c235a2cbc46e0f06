from sqlalchemy import Engine

from bot.core.communities.model import Role
from bot.storage.repositories import SqlCohorts
from tests.builders import NOON, a_grade, a_user
from tests.databases import units_of


def test_first_answers_the_newest_of_too_many(every_engine: Engine) -> None:
    cohorts, unit_of_work = SqlCohorts(every_engine), units_of(every_engine)
    with unit_of_work() as uow:
        community = uow.communities.register("discord", "guild", "Guild", NOON).id
        for number in range(4):
            learner = uow.learners.register(a_user(str(number)), NOON).id
            role = Role.BOT if number == 0 else None
            uow.memberships.join(community, learner, "", role, NOON)
            for score in (0.1 * number, 1.0):
                ask = uow.asks.add(learner, "a/b", NOON, community_id=community)
                attempt = uow.attempts.add(ask, "x y", NOON)
                uow.attempts.record_grade(attempt.id, a_grade("a/b", score=score), NOON)
            uow.attempts.add(uow.asks.add(learner, "a/c", NOON), "pending", NOON)
        assert cohorts.everywhere(10) == ()  # it neither waits nor sees what is not committed
        uow.commit()

    assert [round(each.grade.score, 1) for each in cohorts.everywhere(10)] == [0.0, 0.1, 0.2, 0.3]
    assert [round(each.grade.score, 1) for each in cohorts.everywhere(2)] == [0.2, 0.3]
    here = cohorts.of_community(community, 10)
    assert [round(each.grade.score, 1) for each in here] == [0.1, 0.2, 0.3]
    assert len({each.learner_id for each in here}) == 3
    assert cohorts.of_community(community + 1, 10) == ()
