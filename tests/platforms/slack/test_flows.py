"""What people do on Slack, through the real bolt and the real client."""

import json

import pytest

from bot.core.practice.model import AskState
from bot.core.reply import Action
from bot.platforms.slack.people import account
from grading.errors import GraderBusy
from tests.fakes import FakeGrader
from tests.platforms.slack.conftest import Office, words_of
from tests.platforms.slack.emulator.state import TEAM

ANSWER = "The relationship between the inputs and the target changes."


def test_a_command_asks_and_its_button_opens_a_form_for_that_question(office: Office) -> None:
    question = office.asked('ask "Concept Drift"')
    prompt = office.desk.bank.get("monitoring/concept-drift").prompt
    assert question["response_type"] == "ephemeral"
    assert prompt in words_of(question["blocks"])
    office.slack.click(office.ada, question, "coach:answer")
    office.settled()
    form = office.form()
    assert prompt in words_of(form["blocks"])
    assert form["blocks"][-1]["element"]["multiline"]


def test_an_answer_becomes_a_grade_in_the_same_form(office: Office) -> None:
    office.slack.click(office.ada, office.asked(), "coach:answer")
    office.settled()
    form = office.form()
    taken = office.slack.submit(office.ada, form, field=ANSWER)
    assert taken.body["response_action"] == "update"
    assert "I'm grading" in words_of(taken.body["view"]["blocks"])
    assert ANSWER in words_of(taken.body["view"]["blocks"])
    office.settled()
    assert [attempt.answer for attempt in office.attempts] == [ANSWER]
    assert "70 %" in words_of(form["blocks"])
    buttons = form["blocks"][-1]["elements"]
    assert [each["action_id"] for each in buttons] == [
        "coach:retry", "coach:ask", "coach:run:0"
    ]  # fmt: skip


def test_a_refused_answer_leaves_the_form_open_and_can_be_sent_again(office: Office) -> None:
    office.slack.click(office.ada, office.asked(), "coach:answer")
    office.settled()
    form = office.form()
    for _ in range(2):  # the same text again is refused again, not dropped as a repetition
        refused = office.slack.submit(office.ada, form, field="🙂")
        assert refused.body["response_action"] == "errors"
        assert "no words" in refused.body["errors"]["field"]
    office.slack.submit(office.ada, form, field=ANSWER)
    office.settled()
    assert [attempt.answer for attempt in office.attempts] == [ANSWER]


def test_the_grade_comes_as_a_message_when_the_form_was_closed(office: Office) -> None:
    office.slack.click(office.ada, office.asked(), "coach:answer")
    office.settled()
    form = office.form()
    office.grader.meanwhile = lambda: office.slack.views.pop(form["id"])
    office.slack.submit(office.ada, form, field=ANSWER)
    office.settled()
    (grade,) = office.slack.ephemeral
    assert (grade["user"], grade["channel"]) == (office.ada, office.channel)
    assert "70 %" in words_of(grade["blocks"])


def test_hint_reveal_retry_and_next_go_on_in_the_form(office: Office) -> None:
    office.slack.click(office.ada, office.asked(), "coach:answer")
    office.settled()
    form = office.form()
    office.slack.submit(office.ada, form, field=ANSWER)
    office.settled()
    assert "Read:" not in words_of(form["blocks"])
    office.slack.click(office.ada, form, "coach:run:0")  # the details
    office.settled()
    assert "Read:" in words_of(form["blocks"])
    for action, seen in (("hint", "Hint"), ("reveal", "In short")):
        office.settled()
        office.slack.click(office.ada, form, f"coach:{action}")
        office.settled()
        assert seen in words_of(form["blocks"])
    office.slack.click(office.ada, form, "coach:retry")
    office.settled()
    assert form["callback_id"] == "coach:answer"
    office.slack.submit(office.ada, form, field="Better: " + ANSWER)
    office.settled()
    assert {attempt.ask_id for attempt in office.attempts} == {1}
    office.slack.click(office.ada, form, "coach:ask")
    office.settled()
    assert form["blocks"][-1]["elements"][0]["action_id"] == "coach:answer"


def test_an_old_button_answers_the_question_it_stands_below(office: Office) -> None:
    old = office.asked("ask concept-drift")
    office.asked("ask monitoring")
    office.slack.click(office.ada, old, "coach:answer")
    office.settled()
    office.slack.submit(office.ada, office.form(), field=ANSWER)
    office.settled()
    assert [attempt.question_id for attempt in office.attempts] == ["monitoring/concept-drift"]


def test_buttons_of_every_kind_of_another_version_say_so_and_do_no_harm(office: Office) -> None:
    asked = office.asked()
    for kind in (*Action, "gone", "page:1"):
        for value in ("v0|1||", "v2|1||", "v1|x||", "1", "", "v1|1"):
            element = {"type": "button", "action_id": f"coach:{kind}", "value": value}
            old = {**asked, "blocks": [{"type": "actions", "elements": [element]}]}
            before = len(office.slack.responses)
            office.slack.click(office.ada, old, f"coach:{kind}")
            office.settled()
            (said,) = office.slack.responses[before:]
            assert "out of date" in words_of(said["blocks"]), (kind, value)
    with office.unit_of_work() as uow:
        ask = uow.asks.latest(1)
    assert ask is not None
    assert (ask.id, ask.state, ask.hints) == (1, AskState.OPEN, 0)


def test_a_skipped_question_is_put_aside(office: Office) -> None:
    office.slack.click(office.ada, office.asked(), "coach:skip")
    office.settled()
    assert "Skipped" in words_of(office.slack.responses[-1]["blocks"])
    with office.unit_of_work() as uow:
        ask = uow.asks.get(1)
    assert ask is not None
    assert ask.state is AskState.SKIPPED


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("", "What I can do"),
        ("HELP", "What I can do"),
        ("topics", "/coach ask"),
        ("hnit", "Did you mean /coach hint?"),
        ("aks drift", "Did you mean /coach ask drift?"),
        ("pizza", "/coach help lists everything"),
        ("hint", "You have no open question. Type /coach ask"),
        ("settings zone Berlin", "Europe/Berlin"),
        ("“concept drift”", "Answer"),
        ("Ask 'monitoring'", "Answer"),
        ("how do I notice drift", "Answer"),
    ],
)
def test_commands_are_read_forgivingly(office: Office, typed: str, seen: str) -> None:
    assert seen in words_of(office.asked(typed)["blocks"])


def test_the_short_command_only_asks(office: Office) -> None:
    office.slack.slash(office.ada, office.channel, "/ask", "drift")
    office.settled()
    assert "Answer" in words_of(office.slack.responses[-1]["blocks"])


def test_an_answer_can_stand_behind_the_command(office: Office) -> None:
    office.asked()
    reply = office.asked(f"answer {ANSWER} x &lt; y &amp; z")
    assert "70 %" in words_of(reply["blocks"])
    assert [attempt.answer for attempt in office.attempts] == [f"{ANSWER} x < y & z"]


def test_answer_alone_opens_the_form_for_what_is_open(office: Office) -> None:
    assert "no open question" in words_of(office.asked("answer")["blocks"])
    office.asked("ask concept-drift")
    office.slack.slash(office.ada, office.channel, "/coach", "answer")
    office.settled()
    assert office.form()["callback_id"] == "coach:answer"


def test_a_conversation_by_direct_message(office: Office) -> None:
    dm = office.slack.dm(office.ada)
    for text in ("hello", "ask concept-drift", ANSWER, "hint"):
        office.slack.say(office.ada, dm, text)
        office.settled()
    said = [words_of(m.get("blocks")) for m in office.slack.messages[dm].values() if "bot_id" in m]
    assert "Welcome to the interview coach" in said[0]
    assert "Answer" in said[1]
    assert "70 %" in said[2]
    assert "Hint" in said[3]
    assert [attempt.answer for attempt in office.attempts] == [ANSWER]


def test_an_answer_that_begins_like_a_command_is_an_answer(office: Office) -> None:
    dm = office.slack.dm(office.ada)
    office.asked()
    office.slack.say(office.ada, dm, "Skip retraining, and a changed relation ruins predictions.")
    office.settled()
    assert len(office.attempts) == 1


def test_a_question_by_mention_stands_in_the_thread_and_everybody_may_answer(
    office: Office,
) -> None:
    office.slack.say(office.ada, office.channel, "<@U00000BOT01> ask concept-drift")
    office.settled()
    asked, question = office.slack.messages[office.channel].values()
    assert question["thread_ts"] == asked["ts"]
    office.slack.click(office.bob, question, "coach:answer")
    office.settled()
    office.slack.submit(office.bob, office.form(office.bob), field=ANSWER)
    office.settled()
    assert [attempt.question_id for attempt in office.attempts] == ["monitoring/concept-drift"]
    assert office.attempts[0].learner_id == 2
    assert "70 %" in words_of(office.form(office.bob)["blocks"])


def test_progress_in_a_topic_leads_to_its_next_question(office: Office) -> None:
    office.slack.click(office.ada, office.asked(), "coach:answer")
    office.settled()
    office.slack.submit(office.ada, office.form(), field=ANSWER)
    office.settled()

    told = office.asked("progress Monitoring and drift")
    assert "Question by question" in words_of(told["blocks"])
    assert "/coach ask monitoring" in words_of(told["blocks"])
    assert "hyperparameter-tuning" in words_of(office.asked("progress knitting")["blocks"])
    office.slack.click(office.ada, told, "coach:run:0")
    office.settled()
    assert "Monitoring and drift" in words_of(office.slack.responses[-1]["blocks"])


def test_other_mentions_are_answered_to_one_alone(office: Office) -> None:
    office.slack.say(office.ada, office.channel, "<@U00000BOT01> progress")
    office.settled()
    assert [each["user"] for each in office.slack.ephemeral] == [office.ada]
    assert len(office.slack.messages[office.channel]) == 1


def test_the_shortcut_on_a_message_opens_the_form_for_its_question(office: Office) -> None:
    office.slack.say(office.ada, office.channel, "<@U00000BOT01> ask concept-drift")
    office.settled()
    question = list(office.slack.messages[office.channel].values())[-1]
    office.slack.shortcut(office.bob, "coach:answer_message", question)
    office.settled()
    assert office.form(office.bob)["callback_id"] == "coach:answer"


def test_the_shortcut_on_somebodys_message_finds_the_nearest_question(office: Office) -> None:
    office.slack.say(office.bob, office.channel, "What is it when data drifts?")
    message = list(office.slack.messages[office.channel].values())[-1]
    office.slack.shortcut(office.ada, "coach:answer_message", message)
    office.settled()
    office.slack.submit(office.ada, office.form(), field=ANSWER)
    office.settled()
    assert [attempt.question_id for attempt in office.attempts] == ["monitoring/concept-drift"]


def test_the_global_shortcut_offers_topics_questions_and_own_words(office: Office) -> None:
    office.slack.shortcut(office.ada, "coach:ask_me")
    office.settled()
    form = office.form()
    everything = office.slack.suggest(office.ada, form, "")
    assert len(everything) == len(office.desk.bank.topics)
    found = [each["value"] for each in office.slack.suggest(office.ada, form, "concept dr")]
    assert "monitoring/concept-drift" in found[:3]
    assert found[-1] == "concept dr"
    office.slack.submit(office.ada, form, field="monitoring/concept-drift")
    office.settled()
    prompt = office.desk.bank.get("monitoring/concept-drift").prompt
    assert prompt in words_of(form["blocks"])


def test_a_click_that_came_too_late_is_explained(office: Office) -> None:
    office.slack.click(office.ada, office.asked(), "coach:answer", late=True)
    office.settled()
    assert "gave up on the form" in words_of(office.slack.responses[-1]["blocks"])


def test_an_answer_that_cannot_be_graded_now_is_kept_and_said_so(office: Office) -> None:
    office.grader.outcomes = (GraderBusy(3), *FakeGrader().outcomes)
    office.asked()
    reply = office.asked(f"answer {ANSWER}")
    assert "its grade" in words_of(reply["blocks"])
    assert [attempt.is_pending for attempt in office.attempts] == [True]


def test_an_error_of_ours_is_answered_with_a_reference(office: Office) -> None:
    office.grader.outcomes = (RuntimeError("secret detail"),)
    office.asked()
    reply = office.asked(f"answer {ANSWER}")
    assert "reference" in words_of(reply["blocks"])
    assert "secret" not in words_of(reply["blocks"])


def test_what_a_reply_offers_can_be_clicked(office: Office) -> None:
    office.asked()
    reply = office.asked("privacy")
    office.slack.click(office.ada, reply, "coach:run:0")
    office.settled()
    (file,) = office.slack.files.values()
    assert file["channel"] == office.slack.dm(office.ada)
    assert json.loads(file["data"])
    office.slack.click(office.ada, reply, "coach:run:1")
    office.settled()
    confirm = office.slack.responses[-1]
    assert confirm["blocks"][-1]["elements"][0]["style"] == "danger"
    office.slack.click(office.ada, confirm, "coach:run:0")
    office.settled()
    with office.unit_of_work() as uow:
        assert uow.learners.find(account(TEAM, office.ada)) is None


def test_an_answer_behind_the_command_that_is_not_taken_is_given_back(office: Office) -> None:
    reply = office.asked(f"answer {ANSWER}")
    assert "You have no open question" in words_of(reply["blocks"])
    assert ANSWER in words_of(reply["blocks"])
    assert office.attempts == []


def test_a_plan_is_typed_and_says_what_is_on_today(office: Office) -> None:
    assert "You have no plan yet" in words_of(office.asked("plan")["blocks"])

    made = words_of(office.asked("plan mlops engineer senior in 3 weeks")["blocks"])
    assert "MLOps engineer, difficulty 3 to 5" in made
    assert "Your interview is in 21 days" in made
    assert "/coach ask" in made
    moved = words_of(office.asked("plan 20 December for a junior data scientist")["blocks"])
    assert "Data scientist, difficulty 1 to 3" in moved
    assert "on 20 Dec 2026" in moved
    refused = words_of(office.asked("plan someday")["blocks"])
    assert "I cannot tell which day 'someday' is" in refused
    assert "Your plan has ended." in words_of(office.asked("plan off")["blocks"])
