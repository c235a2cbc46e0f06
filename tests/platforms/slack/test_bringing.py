"""Own questions from files, brought in a form by hosts and by nobody else."""

import pytest
from slack_sdk import WebClient

from bot.core.errors import FileNotRead
from bot.platforms.slack.bringing import fetched, is_slacks
from knowledge.uploads import MAX_UPLOAD_BYTES, template
from tests.platforms.slack.checks import faults_of_view
from tests.platforms.slack.conftest import Json, Office, words_of
from tests.platforms.slack.emulator.server import BOT_TOKEN
from tests.platforms.slack.test_home import button, home_of

NAME, TEXT = template("csv")


def opened(office: Office, user: str) -> Json:
    office.slack.slash(user, office.channel, "/coach", "questions add")
    office.settled()
    return office.form(user)


@pytest.fixture
def host(office: Office) -> str:
    return office.slack.user("grace", admin=True)


def test_a_host_adds_the_questions_of_a_file_from_home(office: Office, host: str) -> None:
    view = home_of(office, host)
    office.slack.click(host, view, button(view, "Add questions"))
    office.settled()
    form = office.form(host)
    assert faults_of_view(form) == []

    file = office.slack.brought(host, NAME, TEXT.encode())
    office.slack.submit(host, form, files=[file], anyway=["yes"])
    office.settled()

    assert "Added: " in words_of(form["blocks"])
    office.slack.slash(host, office.channel, "/coach", "questions")
    office.settled()
    assert "Own questions" in words_of(office.slack.responses[-1]["blocks"])


def test_every_file_is_told_of_and_faults_are_listed(office: Office, host: str) -> None:
    form = opened(office, host)
    good = office.slack.brought(host, NAME, TEXT.encode())
    bad = office.slack.brought(host, "bad.yaml", b"prompt: Why?")
    office.slack.submit(host, form, files=[bad, good], anyway=["yes"])
    office.settled()

    said = words_of(form["blocks"])
    assert "Nothing was added" in said
    assert "Added: " in said


def test_a_template_comes_as_a_file_and_can_be_brought_back(office: Office, host: str) -> None:
    office.asked("questions template csv", host)
    (sent,) = (each for each in office.slack.files.values() if each["filename"] == NAME)
    assert sent["data"] == TEXT.encode()


def test_where_slack_takes_no_file_the_reason_is_said(office: Office, host: str) -> None:
    office.slack.fault("files.getUploadURLExternal", "error", value="missing_scope")
    said = words_of(office.asked("questions template", host)["blocks"])
    assert said == (
        "I couldn't send you the file: the app lacks a permission; reinstall it from its current "
        "manifest."
    )


def test_nobody_else_adds_any_and_their_files_are_not_even_read(office: Office) -> None:
    reply = office.asked("questions add")
    assert "for the hosts of this community" in words_of(reply["blocks"])
    assert office.slack.calls("views.open") == []

    file = office.slack.brought(office.ada, NAME, TEXT.encode())
    file["url_private_download"] = "https://elsewhere.example/q.csv"
    dm = office.slack.dm(office.ada)
    office.slack.say(office.ada, dm, "questions add", files=[file], subtype="file_share")
    office.settled()
    said = [words_of(m.get("blocks")) for m in office.slack.messages[dm].values() if "bot_id" in m]
    assert "for the hosts of this community" in said[-1]


def test_what_the_app_may_not_read_is_said(office: Office, host: str) -> None:
    office.slack.tokens[BOT_TOKEN]["without"] = ("files.info",)
    form = opened(office, host)
    file = office.slack.brought(host, NAME, TEXT.encode())
    office.slack.submit(host, form, files=[file], anyway=None)
    office.settled()

    assert "reinstall it from its current manifest" in words_of(form["blocks"])


def test_a_file_that_is_too_large_is_not_fetched(office: Office) -> None:
    client = WebClient("xoxb-1", base_url=office.slack.api_url)
    file = {"name": "big.csv", "size": MAX_UPLOAD_BYTES + 1, "url_private_download": "nowhere"}

    assert len(fetched(client, file)) == MAX_UPLOAD_BYTES + 1


def test_the_token_goes_to_slack_alone() -> None:
    api = "https://slack.com/api/"
    assert is_slacks("https://files.slack.com/files-pri/T1-F1/q.csv", api)
    assert is_slacks("https://files.slack-gov.com/q.csv", "https://slack-gov.com/api/")
    assert is_slacks("http://127.0.0.1:80/files/1", "http://127.0.0.1:80/api/")
    for address in (
        "",
        "http://files.slack.com/q.csv",
        "https://files.slack.com.example.org/q.csv",
        "https://notslack.com/q.csv",
        "https://example.org/?files.slack.com",
        "http://127.0.0.1:81/files/1",
        "file:///etc/passwd",
    ):
        assert not is_slacks(address, api), address
        with pytest.raises(FileNotRead):
            fetched(WebClient("xoxb-1"), {"name": "q.csv", "url_private_download": address})


def test_what_is_typed_behind_the_command_is_filled_in(office: Office, host: str) -> None:
    office.slack.slash(host, office.channel, "/coach", f"questions add {NAME} anyway")
    office.settled()
    *_, anyway = office.form(host)["blocks"]
    assert anyway["element"]["initial_options"]

    office.slack.slash(host, office.channel, "/coach", "questions edit drift-at-night")
    office.settled()
    form = office.form(host)
    assert faults_of_view(form) == []
    assert "takes the place of drift-at-night" in words_of(form["blocks"])
    file = office.slack.brought(host, NAME, TEXT.encode())
    office.slack.submit(host, form, files=[file], anyway=["yes"])
    office.settled()
    assert "drift-at-night" in words_of(form["blocks"])


def test_a_file_may_come_by_direct_message(office: Office, host: str) -> None:
    dm = office.slack.dm(host)
    file = office.slack.brought(host, NAME, TEXT.encode())
    office.slack.say(host, dm, "questions add anyway", subtype="file_share", files=[file])
    office.settled()
    said = [words_of(m.get("blocks")) for m in office.slack.messages[dm].values() if "bot_id" in m]
    assert "Added: " in said[-1]


def test_where_no_form_can_be_opened_it_is_offered(office: Office, host: str) -> None:
    dm = office.slack.dm(host)
    for text, action in (("questions add", "coach:bring"), ("setup", "coach:set_up")):
        office.slack.say(host, dm, text)
        office.settled()
        offer = list(office.slack.messages[dm].values())[-1]
        office.slack.click(host, offer, action)
        office.settled()
        assert office.form(host)["callback_id"] == action


def test_a_redirection_is_not_followed_with_the_token(office: Office) -> None:
    client = WebClient("xoxb-1", base_url=office.slack.api_url)
    address = f"{office.slack.url}/files/elsewhere"
    with pytest.raises(FileNotRead) as refused:
        fetched(client, {"name": NAME, "url_private_download": address})
    assert "did not hand it out" in refused.value.reason
