from knowledge.bank import QuestionBank
from tests.core.samples import DRIFT, Table, text_of


def test_the_first_time_the_coach_says_what_it_is_and_what_to_type(table: Table):
    reply = table.coach.welcome(table.user)

    assert "Welcome to the interview coach" in text_of(reply)
    assert f"{len(table.bank)} questions" in text_of(reply)
    assert "/ask" in text_of(reply)
    assert "/help" in text_of(reply)
    assert table.database.learners == {}


def test_somebody_known_is_greeted_by_name_with_their_record(table: Table):
    table.ask("drift")
    table.answer()

    reply = table.coach.welcome(table.user)

    assert "Welcome back, Ada" in text_of(reply)
    assert f"1 of {len(table.bank)} questions with 70 % on average" in text_of(reply)
    assert reply.question_id is None


def test_somebody_who_left_before_the_first_answer_is_told_that_nothing_is_graded(table: Table):
    table.ask("drift")
    table.coach.skip(table.user)

    reply = text_of(table.coach.welcome(table.user))

    assert "no graded answers yet" in reply


def test_a_question_left_open_is_shown_again(table: Table):
    table.ask("drift")

    reply = table.coach.welcome(table.user)

    assert reply.question_id == DRIFT
    assert table.bank.get(DRIFT).prompt in text_of(reply)


def test_an_open_question_that_has_gone_is_not_shown(bank: QuestionBank):
    table = Table(bank)
    table.ask("drift")
    fewer = QuestionBank(bank.topics, [question for question in bank if question.id != DRIFT])

    reply = Table(fewer, database=table.database).coach.welcome(table.user)

    assert reply.question_id is None
