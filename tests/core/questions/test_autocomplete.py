"""What /ask offers while somebody is typing."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar.timezones import zones_near
from bot.core.questions.autocomplete import suggestions, topic_suggestions
from knowledge.bank import QuestionBank
from tests.shipped import shipped

BANK = shipped()


def test_before_anything_is_typed_the_topics_are_offered(bank: QuestionBank):
    offered = suggestions(bank, " ", 25)

    assert [each.words for each in offered] == [topic.id for topic in bank.topics][:25]


def test_what_holds_the_words_comes_first(bank: QuestionBank):
    offered = suggestions(bank, "concept dr", 25)

    assert offered[0].words == "monitoring/concept-drift"
    assert len(offered) == len(set(offered)) <= 25


def test_a_slip_of_the_keyboard_is_forgiven(bank: QuestionBank):
    offered = suggestions(bank, "concpt drfit", 5)

    assert "monitoring/concept-drift" in [each.words for each in offered]


def test_where_a_topic_is_wanted_only_topics_are_offered(bank: QuestionBank):
    assert len(topic_suggestions(bank, "", 25)) == len(bank.topics)
    assert topic_suggestions(bank, "observ", 25)[0].words == "monitoring"
    assert [each.words for each in topic_suggestions(bank, "monitring", 1)] == ["monitoring"]
    assert all(bank.topic_named(each.words) for each in topic_suggestions(bank, "drift", 25))


@given(st.text(max_size=300), st.integers(1, 25))
def test_whatever_is_offered_can_be_asked_for(typed: str, most: int):
    offered = suggestions(BANK, typed, most)

    assert len(offered) <= most
    for each in offered:
        assert BANK.topic_named(each.words) or BANK.named(each.words)


def test_zones_are_found_by_the_beginning_of_a_city():
    assert zones_near("madr", 5)[0] == "Europe/Madrid"
    assert "America/New_York" in zones_near("new yo", 5)
    assert zones_near("Madird", 5)[0] == "Europe/Madrid"


@given(st.text(max_size=100), st.integers(1, 25))
def test_zones_are_never_more_than_asked_for(typed: str, most: int):
    assert len(zones_near(typed, most)) <= most
