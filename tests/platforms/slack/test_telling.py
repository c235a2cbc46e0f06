"""What is wrong with a question, and questions of one's own: told to the hosts by a form."""

import pytest

from bot.core.flags.model import FlagKind
from grading.grade import Band
from knowledge.bank import QuestionBank
from tests.core.samples import DRIFT, a_grade_of
from tests.platforms.slack.checks import faults_of_view
from tests.platforms.slack.conftest import Json, Office, words_of
from tests.platforms.slack.emulator.state import TEAM
from tests.platforms.slack.test_home import button

ANSWER = "The relationship between the inputs and the target changes."
LONG = (
    "Then what the model has learnt does not hold any more, and it has to learn it again from what "
    "came in since."
)
POINTS = (
    "A share of missing values a feature shows it.\n"
    "The share is compared with that of training.\n"
    "An alert names the feature and who owns it."
)
SUGGESTED: Json = {
    "topic": "Monitoring and drift",
    "question": "How do you notice | that a feature has stopped arriving?",
    "points": POINTS,
}


def opened(office: Office, typed: str) -> Json:
    office.slack.slash(office.ada, office.channel, "/coach", typed)
    office.settled()
    form = office.form()
    assert faults_of_view(form) == []
    return form


def test_a_question_is_flagged_by_a_form_with_a_remark(office: Office) -> None:
    office.asked()
    office.asked(f"answer {ANSWER}")
    office.asked("ask monitoring")
    form = opened(office, "flag answer 1")
    before = form["blocks"]
    office.slack.submit(office.ada, form, kind="outdated", remark="The paper\nwas withdrawn.")
    office.settled()
    assert "Thanks" in words_of(form["blocks"])
    with office.unit_of_work() as uow:
        community = uow.communities.find("slack", TEAM)
        (flag,) = uow.flags.open_in(community.id if community else None, 10)
    assert (flag.question_id, flag.kind) == ("monitoring/concept-drift", FlagKind.OUTDATED)
    assert "What is concept drift" in words_of(before)
    assert flag.words == "The paper was withdrawn."


def test_a_question_is_suggested_by_a_form(office: Office) -> None:
    form = opened(office, "suggest")
    office.slack.submit(office.ada, form, **SUGGESTED)
    office.settled()
    said = words_of(form["blocks"])
    assert "a very similar question" in said
    assert "How do you notice | that a feature has stopped arriving?" in said
    office.slack.click(office.ada, form, button(form, "Suggest it anyway"))
    office.settled()
    host = office.slack.user("grace", admin=True)
    assert "stopped arriving" in words_of(office.asked("questions suggestions", host)["blocks"])


def test_what_is_refused_is_given_back_to_be_edited(office: Office) -> None:
    form = opened(office, "suggest")
    office.slack.submit(office.ada, form, **(SUGGESTED | {"points": f"{POINTS}\nShort."}))
    office.settled()
    said = words_of(form["blocks"])
    assert POINTS.splitlines()[0] in said
    host = office.slack.user("grace", admin=True)
    assert "stopped arriving" not in words_of(office.asked("questions suggestions", host)["blocks"])

    office.slack.click(office.ada, form, button(form, "Edit and send again"))
    office.settled()
    again = office.form()
    assert faults_of_view(again) == []
    filled = [each["element"].get("initial_value") for each in again["blocks"]]
    assert f"{POINTS}\nShort." in filled
    assert SUGGESTED["question"] in filled
    office.slack.submit(office.ada, again, **(SUGGESTED | {"anyway": ["yes"]}))
    office.settled()
    assert "The hosts will decide" in words_of(again["blocks"])


def test_a_point_is_appealed_by_a_form_about_that_very_answer(
    office: Office, bank: QuestionBank
) -> None:
    office.grader.outcomes = (a_grade_of(bank.get(DRIFT), {}, score=0.2, band=Band.WEAK),)
    office.asked("ask concept-drift")
    feedback = office.asked(f"answer {ANSWER} {LONG}")
    office.asked("ask monitoring")
    office.slack.click(office.ada, feedback, button(feedback, "Details"))
    office.settled()
    more = office.slack.responses[-1]
    office.slack.click(office.ada, more, button(more, "Appeal"))
    office.settled()
    form = office.form()
    assert faults_of_view(form) == []
    point, sentence, _ = (each["element"] for each in form["blocks"] if "element" in each)
    assert sentence["options"][-1]["text"]["text"] == "Somewhere else"
    assert LONG.endswith(sentence["options"][1]["description"]["text"])
    chosen = {"point": point["options"][0]["value"], "sentence": "2"}
    office.slack.submit(office.ada, form, **chosen)
    office.settled()
    assert "is with the hosts" in words_of(form["blocks"])
    with office.unit_of_work() as uow:
        (appeal,) = uow.appeals.open_of(1)
    assert (appeal.question_id, appeal.point_id) == (DRIFT, chosen["point"])
    assert appeal.sentence == LONG


@pytest.mark.parametrize(("typed", "told"), [("flag", "nothing to flag"), ("appeal", "nothing to")])
def test_who_has_nothing_to_say_it_of_is_told_before_they_write(
    office: Office, typed: str, told: str
) -> None:
    assert told in words_of(office.asked(typed)["blocks"])
    assert office.slack.calls("views.open") == []


@pytest.mark.parametrize("typed", ["flag unclear Which paper?", "flag It reads badly"])
def test_what_is_typed_whole_needs_no_form(office: Office, typed: str) -> None:
    office.asked()
    assert "Thanks" in words_of(office.asked(typed)["blocks"])
    assert office.slack.calls("views.open") == []
