import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.token_rotation import TokenRotator, rotator
from sqlalchemy import Engine, text
from sqlalchemy.orm import sessionmaker

from bot.core.deduplication import EventDeduplicator
from bot.platforms.slack.clients import client_of
from bot.platforms.slack.installations import STATE_LASTS, Installations, States, key_of
from bot.platforms.slack.oauth import NotForAnOrganisation
from bot.platforms.slack.people import PLATFORM
from bot.platforms.slack.sealing import Seal, Unreadable
from bot.storage.turns import Turns, UnitOfWorkInTurn
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock
from tests.platforms.slack.emulator import Slack

KEY, NEXT_KEY = "k" * 32, "n" * 32
TOKEN = "xoxb-very-secret"  # noqa: S105 of no workspace


def installation(team: str | None = "T1", enterprise: str | None = None) -> Installation:
    return Installation(
        app_id="A1",
        team_id=team,
        team_name="ML club",
        enterprise_id=enterprise,
        bot_token=TOKEN,
        bot_id="B1",
        bot_user_id="UB1",
        bot_scopes=["chat:write", "commands"],
        user_id="U1",
        user_token="xoxp-of-a-person",  # noqa: S106 of nobody
        is_enterprise_install=team is None,
    )


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def store(unit_of_work: MakeUnitOfWork, clock: FixedClock) -> Installations:
    return Installations(unit_of_work, clock, Seal([KEY]))


def test_an_installation_comes_back_as_it_was(store: Installations) -> None:
    store.save(installation())
    found = store.find_bot(enterprise_id=None, team_id="T1")
    assert found is not None
    assert (found.bot_token, found.bot_user_id) == (TOKEN, "UB1")
    assert found.bot_scopes == ["chat:write", "commands"]
    assert store.bot_of("T1") is not None
    assert store.find_bot(enterprise_id=None, team_id="T2") is None


def test_an_installation_of_the_last_release_opens(
    store: Installations, unit_of_work: MakeUnitOfWork, clock: FixedClock
) -> None:
    written = {
        "app_id": "A1",
        "enterprise_id": None,
        "enterprise_name": None,
        "team_id": "T1",
        "team_name": "ML club",
        "bot_token": TOKEN,
        "bot_id": "B1",
        "bot_user_id": "UB1",
        "bot_scopes": ["chat:write", "commands"],
        "is_enterprise_install": False,
    }
    with unit_of_work() as uow:
        uow.installations.put("slack", "T:T1", Seal([KEY]).close(json.dumps(written)), clock.at)
        uow.commit()
    found = store.find_installation(enterprise_id=None, team_id="T1", user_id="U1")
    assert found is not None
    assert {name: getattr(found, name) for name in written} == written


def test_a_token_that_expires_is_kept_with_what_renews_it(store: Installations) -> None:
    rotating = installation()
    rotating.bot_refresh_token, rotating.bot_token_expires_at = "xoxe-1", 1_800_000_000
    store.save(rotating)
    found = store.bot_of("T1")
    assert found is not None
    assert (found.bot_refresh_token, found.bot_token_expires_at) == ("xoxe-1", 1_800_000_000)
    store.save_bot(found)
    assert store.bot_of("T1").to_dict() == found.to_dict()  # type: ignore[union-attr]


def test_no_token_lies_open_in_the_database(store: Installations, engine: Engine) -> None:
    store.save(installation())
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM installations")).all()
    assert rows
    assert "xox" not in str(rows)


def test_one_installation_for_a_whole_organisation_is_refused(store: Installations) -> None:
    for team in (None, "T1"):
        whole = installation(team=team, enterprise="E1")
        whole.is_enterprise_install = True
        with pytest.raises(NotForAnOrganisation):
            store.save(whole)
    assert store.find_bot(enterprise_id="E1", team_id="T1") is None


def test_an_open_write_keeps_no_delivery_waiting(every_engine: Engine, clock: FixedClock) -> None:
    sessions, turns = sessionmaker(every_engine), Turns()
    store = Installations(
        lambda: UnitOfWorkInTurn(sessions, turns, "coach", 0.1), clock, Seal([KEY])
    )
    store.save(installation())
    with UnitOfWorkInTurn(sessions, turns, "coach", 0.1) as uow, ThreadPoolExecutor() as threads:
        uow.installations.delete(PLATFORM, key_of("T1"))
        found = threads.submit(store.bot_of, "T1").result()
        uow.commit()
    assert found is not None
    assert found.bot_token == TOKEN
    assert store.bot_of("T1") is None


def test_a_token_that_ends_soon_is_renewed_once_and_kept(
    slack: Slack, unit_of_work: MakeUnitOfWork, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotator, "time", lambda: clock.now().timestamp())
    client = client_of(None, slack.api_url)
    renewing = TokenRotator(client_id="1.2", client_secret="hidden", client=client)  # noqa: S106
    store = Installations(unit_of_work, clock, Seal([KEY]), renewing)
    rotating = installation()
    rotating.bot_refresh_token = "xoxe-1"  # noqa: S105 of no workspace
    rotating.bot_token_expires_at = int((clock.at + timedelta(hours=12)).timestamp())
    slack.refreshing["xoxe-1"] = "T1"
    store.save(rotating)
    assert store.bot_of("T1").bot_token == TOKEN  # type: ignore[union-attr]

    clock.pass_by(timedelta(hours=11))
    renewed = store.bot_of("T1")
    assert renewed is not None
    assert renewed.bot_token in slack.tokens
    assert store.bot_of("T1").bot_token == renewed.bot_token  # type: ignore[union-attr]
    assert len(slack.calls("oauth.v2.access")) == 1

    slack.refreshing.clear()
    clock.pass_by(timedelta(hours=11))
    assert store.bot_of("T1").bot_token == renewed.bot_token  # type: ignore[union-attr]


def test_a_workspace_of_an_enterprise_is_found_by_its_id_alone(store: Installations) -> None:
    store.save(installation(enterprise="E1"))
    assert store.bot_of("T1") is not None
    store.delete_all(enterprise_id="E1", team_id="T1")
    assert store.bot_of("T1") is None


def test_leaving_forgets_the_token_and_notes_the_departure(
    store: Installations, unit_of_work: MakeUnitOfWork, clock: FixedClock
) -> None:
    store.save(installation())
    store.delete_all(enterprise_id=None, team_id="T1")
    assert store.bot_of("T1") is None
    with unit_of_work() as uow:
        community = uow.communities.find("slack", "T1")
    assert community is not None
    assert community.left_at == clock.at
    store.save(installation())
    with unit_of_work() as uow:
        community = uow.communities.find("slack", "T1")
    assert community is not None
    assert community.left_at is None


def test_a_key_changes_without_a_gap(
    store: Installations, unit_of_work: MakeUnitOfWork, clock: FixedClock
) -> None:
    store.save(installation())
    both = Installations(unit_of_work, clock, Seal([NEXT_KEY, KEY]))
    assert both.bot_of("T1") is not None
    both.save(installation())
    assert Installations(unit_of_work, clock, Seal([NEXT_KEY])).bot_of("T1") is not None
    assert store.bot_of("T1") is None


def test_what_was_changed_does_not_open() -> None:
    seal = Seal([KEY])
    sealed = seal.close("text")
    assert seal.open(sealed) == "text"
    with pytest.raises(Unreadable):
        seal.open(sealed[:-4] + "AAAA")


def test_a_state_is_ours_fresh_and_used_once(
    unit_of_work: MakeUnitOfWork, clock: FixedClock
) -> None:
    deliveries = EventDeduplicator(unit_of_work, clock)
    states = States(Seal([KEY], "states"), deliveries, clock)
    state = states.issue()
    assert not States(Seal([NEXT_KEY], "states"), deliveries, clock).consume(state)
    other = "x" if state[20] != "x" else "y"
    assert not states.consume(state[:20] + other + state[21:])
    for other in ("", "häh", Seal([KEY]).close("a token")):
        assert not states.consume(other)
    assert states.consume(state)
    assert not states.consume(state)
    assert not states.consume(state + "!")  # read as the same by whatever skips what is no base64
    old = states.issue()
    clock.pass_by(STATE_LASTS + timedelta(seconds=1))
    assert not states.consume(old)
