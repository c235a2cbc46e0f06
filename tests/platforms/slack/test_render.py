import json
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.command_refs import Moment, ref
from bot.core.practice import question_words
from bot.core.practice import words as practice_words
from bot.core.reply import (
    Action,
    Bar,
    Bars,
    Contrast,
    Heading,
    Items,
    Markdown,
    Paragraph,
    Point,
    Prompt,
    Quote,
    Reply,
    Score,
)
from bot.platforms.front_desk import About
from bot.platforms.slack.buttons import MOST_NUMBER, decoded, encoded
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.render import MOST_PAGES, render, view_blocks
from bot.platforms.slack.text import dated
from grading.grade import Band, PointStatus
from knowledge.bank import QuestionBank
from tests.core.samples import DRIFT, a_grade_of, an_attempt
from tests.platforms.slack.checks import faults_of_blocks, faults_of_message, literal, texts

COACH = Dialect("/coach")
IDS = st.integers(1, MOST_NUMBER)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=400) | st.sampled_from(
    ["<!channel> *bold* _it_ ~no~ `code` & <@U1>", "", " ", "\n\n", "&" * 3000, "🙂" * 2000,
     "word " * 1500, "ﷺ" * 3500, "a" * 7000, "e\u0301" * 2000, "शब्द " * 900, "漢字。" * 1200]
)  # fmt: skip
blocks = st.one_of(
    st.builds(Heading, words),
    st.builds(Paragraph, words, st.booleans()),
    st.builds(Prompt, words),
    st.builds(Markdown, words),
    st.builds(Quote, words),
    st.builds(Score, st.floats(0, 1), st.sampled_from(Band), words.map(lambda text: text[:80])),
    st.builds(
        Point, st.sampled_from(PointStatus), words, st.none() | words, st.none() | words
    ),
    st.builds(Contrast, st.none() | words, st.lists(words, max_size=3).map(tuple)),
    st.builds(Items, st.lists(words, max_size=4).map(tuple)),
    st.builds(
        Bars,
        st.lists(
            st.builds(Bar, words, st.none() | st.floats(-1, 2), words), max_size=4
        ).map(tuple),
    ),
)  # fmt: skip
replies = st.builds(
    Reply,
    st.lists(blocks, max_size=8).map(tuple),
    st.lists(st.sampled_from(Action), max_size=9).map(tuple),
    st.none() | words,
    st.none() | IDS,
    st.none() | IDS,
)


@given(replies)
@settings(deadline=None, max_examples=200)
def test_whatever_is_said_fits_slack(reply: Reply) -> None:
    messages = render(reply, COACH)
    assert 1 <= len(messages) <= MOST_PAGES
    assert [fault for one in messages for fault in faults_of_message(one.arguments())] == []
    assert faults_of_blocks(view_blocks(reply, COACH), 100) == []


@given(st.lists(words, min_size=1, max_size=3))
@settings(deadline=None)
def test_nobodys_words_ping_or_format(said: list[str]) -> None:
    reply = Reply(
        tuple(Quote(text) for text in said) + tuple(Paragraph(t, quiet=True) for t in said)
    )
    for message in render(reply, COACH):
        asides = [block for block in message.blocks if block["type"] == "context"]
        for text in (message.text, *texts(list(asides))):
            assert "<" not in text
            assert ">" not in text
            assert "*bold*" not in text
            assert "`code`" not in text


def test_a_learners_words_stand_letter_by_letter_in_a_quotation() -> None:
    said = "I *know* <!channel> & </b> ```x```"
    (message,) = render(Reply((Quote(said),)), COACH)
    (block,) = message.blocks
    assert block["elements"] == [
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": said}]}
    ]


def test_a_question_says_what_is_asked_and_what_can_be_done(bank: QuestionBank) -> None:
    reply = replace(question_words.question(bank.get(DRIFT), bank, None), ask_id=7)
    (message,) = render(reply, COACH)
    assert message.blocks[0]["type"] == "header"
    assert bank.get(DRIFT).prompt in literal(message.blocks)
    buttons = message.blocks[-1]["elements"]
    assert [button["text"]["text"] for button in buttons] == ["Answer", "Hint", "Skip"]
    assert {decoded(button["value"]) for button in buttons} == {About(7, None, DRIFT)}
    assert "/coach hint helps" in message.text
    assert bank.get(DRIFT).prompt.split()[0] in message.text


def test_feedback_shows_the_learners_own_sentence_for_each_point(bank: QuestionBank) -> None:
    question = bank.get(DRIFT)
    point = question.key_points[0]
    attempt = replace(
        an_attempt(DRIFT), grade=a_grade_of(question, {point.id: PointStatus.COVERED})
    )
    (message,) = render(practice_words.feedback(question, bank, attempt, None), COACH)
    assert "✅ Changed relationship “…" in literal(message.blocks)
    assert faults_of_message(message.arguments()) == []

    details = replace(practice_words.feedback(question, bank, attempt, None), brief=())
    (message,) = render(details, COACH)
    assert f"✅ covered: {point.statement}" in literal(message.blocks)
    assert f"what I said about {point.id}" in literal(message.blocks)


def test_every_question_of_the_bank_fits_in_one_message(bank: QuestionBank) -> None:
    for question in bank:
        for reply in (
            question_words.question(question, bank, None),
            question_words.reveal(question),
        ):
            messages = render(reply, COACH)
            assert len(messages) == 1, question.id
            assert faults_of_message(messages[0].arguments()) == []


def test_a_board_of_a_hundred_rows_is_one_message_with_every_row() -> None:
    rows = tuple(Bar(f"{n:3}. <Ada & *Eve*> {n}", n / 100, f"{n} points") for n in range(100))
    (message,) = render(Reply((Heading("November"), Bars(rows))), COACH)
    assert faults_of_message(message.arguments()) == []
    assert all(f"{n} points" in literal(message.blocks) for n in range(100))


def test_a_long_text_goes_on_in_the_next_message_where_a_sentence_ends() -> None:
    sentences = [f"This is sentence {n} of a long explanation." for n in range(500)]
    messages = render(Reply((Paragraph(" ".join(sentences)),), (Action.ASK,)), COACH)
    assert len(messages) == 2
    for block in (
        block for one in messages for block in one.blocks if block["type"] == "rich_text"
    ):
        assert literal([block]).rstrip().endswith("explanation.")
    rich = [block for one in messages for block in one.blocks if block["type"] == "rich_text"]
    said = " ".join(literal([block]).replace("\n", " ") for block in rich)
    assert said == " ".join(sentences)
    assert [one.blocks[-1]["type"] for one in messages] == ["rich_text", "actions"]


def test_what_is_too_long_for_all_messages_is_named() -> None:
    (*_, last) = render(Reply((Paragraph("One more sentence. " * 9000),)), COACH)
    assert "too long for Slack" in last.text or "too long for Slack" in str(last.blocks[-1])


def test_commands_in_sentences_are_those_of_slack_but_not_in_quotes() -> None:
    said = Paragraph(f"Type {ref('ask drift')}, or {ref('hint')}.")
    reply = Reply((said, Quote("and/or /ask")))
    (message,) = render(reply, COACH)
    assert "Type /coach ask drift, or /coach hint." in literal(message.blocks)
    assert "and/or /ask" in literal(message.blocks)


def test_markdown_of_the_knowledge_base_becomes_styles() -> None:
    text = (
        "A **bold** claim with `code`, [a paper](https://example.org/p_1).\n\n"
        "- one\n- two\n\n```py\nx = 1\n```"
    )
    (message,) = render(Reply((Markdown(text),)), COACH)
    section, items, code = message.blocks[0]["elements"]
    assert {"type": "text", "text": "bold", "style": {"bold": True}} in section["elements"]
    assert section["elements"][5] == {
        "type": "link",
        "url": "https://example.org/p_1",
        "text": "a paper",
    }
    assert [each["elements"][0]["text"] for each in items["elements"]] == ["one", "two"]
    assert code["elements"] == [{"type": "text", "text": "x = 1"}]


@given(st.text(max_size=60))
def test_a_value_that_is_not_ours_means_nothing(value: str) -> None:
    assert decoded(value) is None or value.startswith("v1|")


@given(st.none() | IDS, st.none() | IDS, st.text(max_size=100))
def test_a_button_remembers_what_it_is_about(ask: int | None, post: int | None, name: str) -> None:
    target = About(ask, post, name or None)
    assert decoded(encoded(target)) == target


def test_a_channel_of_which_only_the_id_is_known_is_named_by_slack() -> None:
    reply = Reply(
        (
            Heading("#C0123456789"),
            Paragraph("In #C0123456789."),
            Paragraph("#C0123456789 is paused.", quiet=True),
            Quote("I wrote #C0123456789."),
        )
    )
    (message,) = render(reply, COACH)
    assert faults_of_message(message.arguments()) == []
    first, aside, quoted = message.blocks
    named = {"type": "channel", "channel_id": "C0123456789"}
    assert [named in part["elements"] for part in first["elements"]] == [True]
    assert aside["elements"][0]["text"] == "<#C0123456789> is paused."
    assert literal([quoted]) == "I wrote #C0123456789."


def test_moments_are_told_by_the_clock_of_whoever_reads() -> None:
    at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    moment = Moment(at, "Tue 24 Nov at 09:00")
    reply = Reply(
        (
            Heading(f"Closes {moment}"),
            Paragraph(f"It closes {moment}, in #C0123456789."),
            Items((f"{moment}: drift", "no moment")),
            Paragraph(f"2 answers < 3. It closes {moment}.", quiet=True),
            Bars((Bar("next", 0.5, str(moment)),)),
        )
    )
    (message,) = render(reply, COACH)
    assert faults_of_message(message.arguments()) == []
    head, rich, aside, bars = message.blocks
    date = {
        "type": "date",
        "timestamp": int(at.timestamp()),
        "format": "{date_short_pretty} at {time}",
        "fallback": "Tue 24 Nov at 09:00",
    }
    assert str(rich).count(str(date)) == 2
    assert aside["elements"][0]["text"] == f"2 answers &lt; 3. It closes {dated(at, moment.wall)}."
    assert "Tue 24 Nov at 09:00" in message.text
    for block in (head, bars):
        assert "Tue 24 Nov at 09:00" in str(block)
        assert "!date" not in str(block)


def test_what_only_looks_like_a_moment_stays_as_it_is() -> None:
    typed = "<!date^soon^{time}|x> <!channel>"
    (message,) = render(Reply((Quote(dated(datetime.now(UTC), "now")), Paragraph(typed))), COACH)
    assert '"date"' not in json.dumps(message.blocks)
    assert "&lt;!date^soon" in message.text


def test_a_label_that_is_too_long_ends_with_a_whole_word() -> None:
    rows = (Bar("12. somebody without a name", 0.5, "7 points"), Bar("x" * 40, 0.5))
    (message,) = render(Reply((Bars(rows),)), COACH)
    first, second = literal(message.blocks).splitlines()
    assert first.startswith("12. somebody without a… ")
    assert second.startswith("x" * 23 + "…")
