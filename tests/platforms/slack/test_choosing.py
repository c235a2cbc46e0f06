"""The form of what a learner may choose: filled in, taken at once, refused beside the field."""

from bot.core.accounts.model import LearnerSettings
from bot.core.communities.model import Membership, Visibility
from bot.platforms.slack.people import account
from tests.platforms.slack.checks import faults_of_view
from tests.platforms.slack.conftest import Json, Office
from tests.platforms.slack.emulator.state import TEAM
from tests.platforms.slack.test_home import button, home_of

CHOSEN: Json = {
    "zone": "Europe/Berlin",
    "day_starts": "6",
    "reviews_a_day": "12",
    "reminders": ["yes"],
    "visibility": "anonymous",
    "quotes": ["yes"],
}


def opened(office: Office) -> Json:
    view = home_of(office, office.ada)
    office.slack.click(office.ada, view, button(view, "Settings"))
    office.settled()
    return office.form()


def stored(office: Office) -> tuple[LearnerSettings, Membership | None]:
    with office.unit_of_work() as uow:
        learner = uow.learners.find(account(TEAM, office.ada))
        community = uow.communities.find("slack", TEAM)
        assert learner is not None
        member = uow.memberships.get(community.id, learner.id) if community else None
    return learner.settings, member


def test_what_is_chosen_is_kept_and_shown(office: Office) -> None:
    form = opened(office)
    assert faults_of_view(form) == []
    zone = next(b["element"] for b in form["blocks"] if b["element"]["action_id"] == "zone")
    assert zone["initial_option"]["value"] == "Europe/Warsaw"  # as the profile says

    sent = office.slack.submit(office.ada, form, **CHOSEN)
    office.settled()

    assert sent.body in ("", None, {})
    settings, member = stored(office)
    assert (settings.zone, settings.day_starts) == ("Europe/Berlin", 6)
    assert (settings.reviews_a_day, settings.reminders) == (12, True)
    assert member is not None
    assert (member.visibility, member.shares_answers) == (Visibility.ANONYMOUS, True)
    again = opened(office)
    assert "06:00" in str(again["blocks"])
    assert "initial_options" in str(again["blocks"][3])


def test_a_number_that_does_not_fit_is_refused_beside_its_field(office: Office) -> None:
    form = opened(office)

    sent = office.slack.submit(office.ada, form, **(CHOSEN | {"reviews_a_day": "1000"}))
    office.settled()

    assert sent.body["response_action"] == "errors"
    assert set(sent.body["errors"]) == {"reviews_a_day"}
    with office.unit_of_work() as uow:
        learner = uow.learners.find(account(TEAM, office.ada))
    assert learner is None or learner.settings.zone is None
    mended = office.slack.submit(office.ada, form, **CHOSEN)
    assert mended.status == 200
    office.settled()
    assert stored(office)[0].reviews_a_day == 12


def test_what_was_not_changed_is_not_stored(office: Office) -> None:
    form = opened(office)
    values: Json = {"zone": None, "day_starts": "4", "reviews_a_day": "20", "reminders": []}
    office.slack.submit(office.ada, form, **(values | {"visibility": None, "quotes": []}))
    office.settled()

    with office.unit_of_work() as uow:
        assert uow.communities.find("slack", TEAM) is None
