from datetime import timedelta

from sqlalchemy import Engine

from bot.core.communities.model import Role
from bot.storage.repositories.answers_in_time import SqlAnswersInTime
from tests.builders import NOON, a_grade, a_user
from tests.databases import units_of

A_DAY = timedelta(days=1)


def test_first_answers_by_their_time_everywhere_and_in_a_community(every_engine: Engine) -> None:
    answers, unit_of_work = SqlAnswersInTime(every_engine), units_of(every_engine)
    assert answers.begin() is None
    with unit_of_work() as uow:
        community = uow.communities.register("discord", "guild", "Guild", NOON).id
        for number in range(4):
            learner = uow.learners.register(a_user(str(number)), NOON).id
            role = Role.BOT if number == 0 else None
            uow.memberships.join(community, learner, "", role, NOON)
            for score in (0.1 * number, 1.0):  # the second answer to a question is no first one
                at = NOON + number * A_DAY
                ask = uow.asks.add(learner, "a/b", at, community_id=community)
                attempt = uow.attempts.add(ask, f"words {number}", at)
                uow.attempts.record_grade(attempt.id, a_grade("a/b", score=score), at)
            uow.attempts.add(uow.asks.add(learner, "a/c", NOON), "pending", NOON)
        assert answers.begin() is None  # it neither waits nor sees what is not committed
        uow.commit()

    found = answers.between(NOON, NOON + 3 * A_DAY, 10)
    assert [(round(each.score, 1), each.text) for each in found] == [
        (0.0, "words 0"),
        (0.1, "words 1"),
        (0.2, "words 2"),
    ]
    assert {(each.question_id, each.grader) for each in found} == {("a/b", "1")}
    assert answers.between(NOON, NOON + 3 * A_DAY, 2) == found[1:]
    assert answers.between(NOON, NOON + 3 * A_DAY, 10, community) == found[1:]
    assert answers.begin() == NOON
    assert answers.begin(community) == NOON + A_DAY
    assert answers.begin(community + 1) is None
