"""What learners do with the daily question, in its channel and in private."""

from dataclasses import replace

import pytest

from bot.core.communities.model import Place
from bot.core.daily.errors import NoResultsYet, NoSuchPost, PostElsewhere
from bot.core.daily.post import PostState
from bot.core.errors import OnlyInCommunity
from bot.core.practice.model import AskState, Purpose
from bot.core.reply import Action
from bot.core.words.errors import sentence_of
from knowledge.bank import QuestionBank
from tests.builders import a_grade
from tests.core.daily.fixtures import ADA, DAY, GRACE, HERE, HOSTED, HOUR, Club
from tests.core.samples import text_of, typed
from tests.databases import MakeUnitOfWork

ELSEWHERE = replace(HERE, channel="lime", channel_name="lime")
OTHER = Place("second", "drift", "Second club", "drift", host=True)


@pytest.fixture
def club(every_unit_of_work: MakeUnitOfWork, bank: QuestionBank) -> Club:
    """A question is open since nine, and it is ten."""
    club = Club(every_unit_of_work, bank)
    club.host("setup 09:00 Berlin")
    club.pass_by(2 * HOUR)
    return club


@pytest.mark.parametrize("place", [HERE, ELSEWHERE, replace(HERE, channel=""), None])
def test_the_open_question_is_asked_wherever_its_members_are(club: Club, place: Place | None):
    club.arrive(ADA)
    reply = club.run("", ADA, place)
    (post,) = club.posts()
    assert (reply.post_id, reply.question_id) == (post.id, post.question_id)
    assert Action.ANSWER in reply.actions
    told = text_of(reply)
    assert club.bank.get(post.question_id or "").prompt in told
    assert "It closes Tue 24 Nov at 09:00." in told
    with club.unit_of_work() as uow:
        ask = uow.asks.get(reply.ask_id or 0)
    assert ask is not None
    assert (ask.purpose, ask.post_id) == (Purpose.DAILY, post.id)
    assert (ask.channel_id, ask.community_id) == (post.channel_id, 1)


def test_outside_of_its_community_the_question_is_not_asked(club: Club):
    for place in (None, Place("third", "x")):
        reply = club.run("", ADA, place)
        assert reply.post_id is None
        assert "There's no daily question here." in text_of(reply)


def test_where_none_is_set_up_hosts_are_told_how(club: Club):
    place = Place("third", "x")
    assert "A host can start one" in text_of(club.run("", ADA, place))
    assert "/daily setup 09:00" in text_of(club.run("", ADA, replace(place, host=True)))


def test_in_private_what_is_not_answered_and_closes_sooner_comes_first(club: Club):
    club.run("setup 10:30 Berlin", GRACE, OTHER)
    club.run("set open 4", GRACE, OTHER)
    club.pass_by(HOUR)
    (early,), (late,) = club.posts(), club.posts(OTHER)
    club.arrive(ADA)
    club.arrive(ADA, replace(OTHER, host=False))
    assert late.closes_at < early.closes_at

    assert club.run("", ADA, None).post_id == late.id
    club.answer(ADA, place=None)
    assert club.run("", ADA, None).post_id == early.id
    club.answer(ADA, place=None)
    assert club.run("", ADA, None).post_id == late.id
    club.pass_by(4 * HOUR)
    assert club.run("", ADA, None).post_id == early.id


def test_whoever_left_is_not_asked_in_private(club: Club):
    here = club.arrive(ADA)
    with club.unit_of_work() as uow:
        uow.memberships.leave(here.community_id or 0, here.learner.id, club.clock.at)
        uow.commit()
    assert club.run("", ADA, None).post_id is None


def test_between_close_and_next_question_it_is_told_when_that_comes(club: Club):
    club.host("set days mon, thu")
    club.pass_by(DAY)
    reply = club.run()
    assert reply.post_id is None
    assert (
        "There's no question of the day right now. The next one comes Thu 26 Nov at 09:00."
        in text_of(reply)
    )
    club.host("pause")
    assert "none is planned" in text_of(club.run())


def test_a_day_that_was_asked_is_not_announced_again_though_its_time_moved(club: Club):
    club.host("set open 1")
    club.pass_by(DAY + HOUR)  # the question of the 24th has closed at ten
    club.host("set time 18:00")
    assert "The next one comes Wed 25 Nov at 18:00." in text_of(club.run())
    assert "Next, Wed 25 Nov at 18:00:" in text_of(club.run("results"))


def test_asking_again_goes_on_with_the_same_ask(club: Club):
    assert club.run().ask_id == club.run("", ADA, None).ask_id
    assert club.run("", GRACE).ask_id != club.run().ask_id


def test_an_answer_counts_for_the_day_and_earns_points_once(club: Club):
    (post,) = club.posts()
    first = club.answer(ADA)
    again = club.answer(ADA)
    assert "point" in text_of(first).casefold()
    with club.unit_of_work() as uow:
        attempts = uow.attempts.of_post(post.id)
        scored = uow.points.of_post(post.id, attempts[0].learner_id)
        assert uow.posts.answered(post.id) == 1
        assert uow.points.get(attempts[1].id) is None
    assert len(attempts) == 2
    assert scored is not None
    assert (scored.attempt_id, scored.day) == (attempts[0].id, post.day)
    assert first.ask_id == again.ask_id


def test_an_answer_in_private_counts_in_the_community(club: Club):
    club.arrive(ADA)
    club.answer(ADA, place=None)
    with club.unit_of_work() as uow:
        (attempt,) = uow.attempts.of_post(club.posts()[0].id)
        scored = uow.points.get(attempt.id)
    assert scored is not None
    assert scored.community_id == 1


def test_who_has_answered_is_told_how_and_may_improve(club: Club):
    club.answer(ADA, grade=a_grade(club.posts()[0].question_id or "", score=0.7))
    reply = club.run()
    assert "You answered it: 70 % (good)." in text_of(reply)
    assert "1 learner has answered." in text_of(reply)
    assert reply.actions == (Action.RETRY, Action.REVEAL)


def test_an_answer_whose_grade_is_owing_is_said_to_be_saved(club: Club):
    club.coach.take_answer(ADA, "Something changes.", club.run().ask_id)
    reply = club.run()
    assert "Your answer is saved, and its grade follows." in text_of(reply)
    assert reply.actions == ()


@pytest.mark.parametrize("meanwhile", ["skip", "ask"])
def test_help_that_was_given_is_not_forgotten_with_another_ask(club: Club, meanwhile: str):
    asked = club.run().ask_id
    club.coach.hint(ADA, asked)
    if meanwhile == "skip":
        club.coach.skip(ADA, asked)
    else:
        club.coach.ask(ADA, "monitoring")
    again = club.run().ask_id
    assert again != asked
    with club.unit_of_work() as uow:
        ask = uow.asks.get(again or 0)
    assert ask is not None
    assert (ask.state, ask.hints) == (AskState.OPEN, 1)


def test_after_the_answer_was_revealed_another_one_earns_nothing(club: Club):
    (post,) = club.posts()
    club.coach.reveal(ADA, club.run().ask_id)
    club.coach.ask(ADA, "monitoring")
    club.answer(ADA)
    with club.unit_of_work() as uow:
        (attempt,) = uow.attempts.of_post(post.id)
        assert uow.points.of_post(post.id, attempt.learner_id) is None
        assert uow.posts.answered(post.id) == 0
    assert attempt.assisted


def test_an_interview_makes_way_for_the_daily_question(club: Club):
    typed([club.interview], "interview", ADA, HERE)
    reply = club.run()
    assert reply.post_id == club.posts()[0].id
    assert "I've paused your interview" in text_of(reply)
    assert [choice.words for choice in reply.choices] == ["interview resume"]
    club.answer(ADA)
    with club.unit_of_work() as uow:
        assert uow.posts.answered(club.posts()[0].id) == 1
    assert "Question 1 of" in text_of(typed([club.interview], "interview resume", ADA, HERE))
    assert "paused your interview" not in text_of(club.run("", GRACE))


def test_a_click_below_the_question_is_answered_while_an_interview_goes_on(club: Club):
    typed([club.interview], "interview", ADA, HERE)
    (post,) = club.posts()
    ask = club.practice.begin(ADA, HERE, post.id)
    club.coach.submit_answer(ADA, "An answer to the question of the day.", ask.id)
    with club.unit_of_work() as uow:
        assert [each.ask_id for each in uow.attempts.of_post(post.id)] == [ask.id]
    assert "Noted." in text_of(club.coach.submit_answer(ADA, "An answer in the interview."))


def test_a_click_below_an_open_question_is_the_ask_of_the_day(club: Club):
    (post,) = club.posts()
    ask = club.practice.begin(ADA, HERE, post.id)
    assert ask.post_id == post.id
    assert club.practice.begin(ADA, HERE, post.id).id == ask.id == club.run().ask_id


def test_a_message_that_stands_but_was_not_noted_yet_takes_answers_that_count(club: Club):
    (post,) = club.posts()
    with club.unit_of_work() as uow:
        uow.posts.update(replace(post, state=PostState.PENDING, message_id=""))
        uow.commit()
    ask = club.practice.begin(ADA, HERE, post.id)
    assert (ask.purpose, ask.post_id) == (Purpose.DAILY, post.id)


def test_once_it_has_closed_it_is_practice_and_counts_nowhere(club: Club):
    (post,) = club.posts()
    club.clock.pass_by(DAY)  # its time is over, whether or not anybody has closed it
    ask = club.practice.begin(ADA, HERE, post.id)
    assert (ask.purpose, ask.post_id, ask.community_id) == (Purpose.PRACTICE, None, None)
    club.coach.submit_answer(ADA, "Something changes.", ask.id)
    with club.unit_of_work() as uow:
        assert uow.points.of_post(post.id, ask.learner_id) is None
        assert uow.posts.answered(post.id) == 0


def test_a_post_or_a_question_that_is_gone_is_said_to_be(club: Club):
    with pytest.raises(NoSuchPost):
        club.practice.begin(ADA, HERE, 999)
    (post,) = club.posts()
    kept = [question for question in club.bank if question.id != post.question_id]
    club.use(QuestionBank(club.bank.topics, kept))
    with pytest.raises(NoSuchPost):
        club.practice.begin(ADA, HERE, post.id)
    assert club.run().post_id is None
    club.pass_by(DAY)
    with pytest.raises(NoSuchPost):
        club.run("results")


def test_results_are_told_once_there_are_any(club: Club):
    with pytest.raises(NoResultsYet) as caught:
        club.run("results")
    assert "No question of the day has closed in this channel yet." in sentence_of(caught.value)
    with pytest.raises(OnlyInCommunity):
        club.run("results", ADA, None)
    (post,) = club.posts()
    club.answer(ADA)
    club.pass_by(DAY)
    reply = club.run("Results", GRACE)
    assert reply.post_id == post.id
    assert text_of(reply) == text_of(club.channels.results("drift")[0].message)
    assert "1 learner has answered." in text_of(reply)


def test_hosts_and_members_ask_alike(club: Club):
    assert club.run("", ADA, HOSTED).post_id == club.run("", GRACE, HERE).post_id


def test_a_question_is_answered_in_the_community_that_it_was_posted_in(club: Club):
    (post,) = club.posts()
    with pytest.raises(PostElsewhere):
        club.practice.begin(ADA, OTHER, post.id)
    with club.unit_of_work() as uow:
        assert uow.learners.find(ADA) is None
    for place in (ELSEWHERE, None):
        assert club.practice.begin(ADA, place, post.id).post_id == post.id
