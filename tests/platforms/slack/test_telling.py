"""What is wrong with a question, and questions of one's own: told to the hosts by a form."""

import pytest

from bot.core.flags.model import FlagKind
from tests.platforms.slack.checks import faults_of_view
from tests.platforms.slack.conftest import Json, Office, words_of
from tests.platforms.slack.emulator.state import TEAM
from tests.platforms.slack.test_home import button

ANSWER = "The relationship between the inputs and the target changes."
SUGGESTED: Json = {
    "topic": "Monitoring and drift",
    "question": "How do you notice | that a feature has stopped arriving?",
    "point1": "A share of missing values a feature shows it.",
    "point2": "The share is compared with that of training.",
    "point3": "An alert names the feature and who owns it.",
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
    office.slack.submit(office.ada, form, kind="outdated", remark="The paper\nwas withdrawn.")
    office.settled()
    assert "Thanks" in words_of(form["blocks"])
    with office.unit_of_work() as uow:
        community = uow.communities.find("slack", TEAM)
        (flag,) = uow.flags.open_in(community.id if community else None, 10)
    assert (flag.question_id, flag.kind) == ("monitoring/concept-drift", FlagKind.OUTDATED)
    assert flag.words == "The paper was withdrawn."


def test_a_question_is_suggested_by_a_form(office: Office) -> None:
    form = opened(office, "suggest")
    office.slack.submit(office.ada, form, **SUGGESTED)
    office.settled()
    said = words_of(form["blocks"])
    assert "a very similar question" in said
    assert "How do you notice / that a feature has stopped arriving?" in said
    office.slack.click(office.ada, form, button(form, "Suggest it anyway"))
    office.settled()
    host = office.slack.user("grace", admin=True)
    assert "stopped arriving" in words_of(office.asked("questions suggestions", host)["blocks"])


def test_what_is_refused_is_given_back(office: Office) -> None:
    form = opened(office, "suggest")
    office.slack.submit(office.ada, form, **(SUGGESTED | {"point3": "Short."}))
    office.settled()
    said = words_of(form["blocks"])
    assert SUGGESTED["point1"] in said
    host = office.slack.user("grace", admin=True)
    assert "stopped arriving" not in words_of(office.asked("questions suggestions", host)["blocks"])


@pytest.mark.parametrize("typed", ["flag unclear Which paper?", "flag It reads badly"])
def test_what_is_typed_whole_needs_no_form(office: Office, typed: str) -> None:
    office.asked()
    assert "Thanks" in words_of(office.asked(typed)["blocks"])
    assert office.slack.calls("views.open") == []
