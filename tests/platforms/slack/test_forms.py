"""Modals and options within Slack's limits, whatever people and questions bring."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.accounts.model import DAY_STARTS_AT, REVIEWS_A_DAY, LearnerSettings
from bot.core.communities.model import Membership, Visibility
from bot.core.flags.words import flag_form
from bot.core.forms import Field, Form, Option
from bot.core.own_questions.words import suggestion_form
from bot.core.reply import Action, Paragraph, Reply
from bot.platforms.front_desk import About
from bot.platforms.slack.bringing import Wanted, files_form
from bot.platforms.slack.buttons import MOST_NUMBER
from bot.platforms.slack.choosing import changes, settings_form
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.fields import Entered
from bot.platforms.slack.forms import Origin, answer_form, reply_view, topic_form, waiting_view
from bot.platforms.slack.orders import Order
from bot.platforms.slack.suggesting import options
from bot.platforms.slack.telling import form_view
from knowledge.bank import QuestionBank
from tests.platforms.slack.checks import faults_of_view, units
from tests.platforms.slack.emulator.entering import filled_in

COACH = Dialect("/coach")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300) | st.sampled_from(
    ["", "🙂" * 4000, "word " * 2000, "ﷺ" * 4000, "<!channel> & *x*", "a\u202eb"]
)
numbers = st.none() | st.integers(1, MOST_NUMBER)
targets = st.builds(About, numbers, numbers, texts.map(lambda text: text or None))
origins = st.builds(Origin, targets, st.just("C0123456789"), texts, st.just("1700000000.000100"))


@given(texts, origins, texts)
@settings(deadline=None)
def test_every_form_fits(bank: QuestionBank, prompt: str, origin: Origin, draft: str) -> None:
    points = Field("point", "Point", options=(Option("p1", draft or "p"), Option("p2", "Another")))
    reply = Reply((Paragraph(prompt),), tuple(Action), origin.target.question_id)
    for view in (
        answer_form(prompt, origin, COACH, draft),
        topic_form(origin),
        waiting_view(origin, COACH, draft),
        reply_view(reply, origin, COACH),
        form_view(flag_form(prompt, 999_999_999), "flag answer 999999999", origin, COACH),
        form_view(suggestion_form(bank.topics), "suggest", origin, COACH),
        form_view(Form("Appeal", (points,), prompt), "appeal answer 999999999", origin, COACH),
    ):
        assert faults_of_view(view) == []


@given(texts, origins)
@settings(deadline=None)
def test_a_draft_is_kept_as_far_as_slack_takes_it(draft: str, origin: Origin) -> None:
    field = answer_form("Why?", origin, COACH, draft)["blocks"][-1]["element"]
    assert units(field.get("initial_value", "")) <= field["max_length"]
    if units(draft) <= field["max_length"]:
        assert field.get("initial_value", "") == draft


@given(origins)
def test_a_form_remembers_what_it_is_about(origin: Origin) -> None:
    found = Origin.unpacked(origin.packed())
    assert found.channel == origin.channel
    assert found.target.ask_id == origin.target.ask_id
    if units(origin.target.question_id or "") < 200 and units(origin.channel_name) < 200:
        assert found == origin


@given(st.text(max_size=50))
def test_metadata_that_is_not_ours_means_nothing(metadata: str) -> None:
    assert Origin.unpacked(metadata).channel == ""


@given(texts)
@settings(deadline=None, max_examples=50)
def test_suggestions_fit_and_end_with_the_own_words(bank: QuestionBank, typed: str) -> None:
    found = options(bank, typed)
    assert len(found) <= 100
    for option in found:
        assert 0 < units(option["text"]["text"]) <= 75
        assert 0 < units(option["value"]) <= 75


zones = st.sampled_from([None, "Europe/Berlin", "America/Argentina/ComodRivadavia"])
chosen = st.builds(
    LearnerSettings,
    zones,
    st.integers(DAY_STARTS_AT.least, DAY_STARTS_AT.most),
    st.integers(REVIEWS_A_DAY.least, REVIEWS_A_DAY.most),
    st.booleans(),
)
members = st.builds(
    Membership,
    st.just(1),
    st.just(1),
    texts,
    st.just(datetime(2026, 11, 16, tzinfo=UTC)),
    visibility=st.sampled_from(Visibility),
    shares_answers=st.booleans(),
)


@given(chosen, members, zones, origins)
@settings(deadline=None)
def test_the_form_of_settings_fits_and_says_what_is_stored(
    stored: LearnerSettings, seen: Membership, profile: str | None, origin: Origin
) -> None:
    form = settings_form(stored, seen, profile, origin)
    assert faults_of_view(form) == []
    change = changes(stored, Entered(filled_in(form)))
    assert change == ({"zone": profile} if profile and not stored.zone else {})


@given(texts, origins)
@settings(deadline=None)
def test_the_form_for_files_fits_whatever_is_typed(typed: str, origin: Origin) -> None:
    for act in ("add", "edit"):
        wanted = Wanted.of(Order("questions", f"{act} {typed}"))
        assert wanted is not None
        assert faults_of_view(files_form(origin, wanted)) == []
