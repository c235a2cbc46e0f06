"""What is understood of free words, and what is asked about, for every shipped question."""

from itertools import cycle

import pytest

from bot.core.practice.parsing import Wish, is_courtesy, is_doubtful, wish_of
from knowledge.bank import QuestionBank

WISHES = {
    "help": Wish.HELP,
    "Help me please!": Wish.HELP,
    "ok, I need some help": Wish.HELP,
    "hint": Wish.HINT,
    "Can I have a hint?": Wish.HINT,
    "give me another hint": None,  # two wishes at once: no guess
    "next": Wish.NEXT,
    "Next question, please": Wish.NEXT,
    "ok let's move on to the next one": None,  # longer than a wish
    "skip": Wish.SKIP,
    "Skip this one.": Wish.SKIP,
    "I pass": Wish.SKIP,
    "let's skip it": Wish.SKIP,
    "gimme a hint plz": Wish.HINT,
    "a hint would be nice": Wish.HINT,
    "can we do another one?": Wish.NEXT,
    "I need a break": Wish.PAUSE,
    "STOP": Wish.STOP,
    "cancel": Wish.STOP,
    "pause": Wish.PAUSE,
    "continue the interview": Wish.RESUME,
}
NO_WISHES = (
    "stop training when the validation loss rises",
    "no hint",
    "don't skip",
    "",
    "...",
    "help help hint",
)
SMALL_TALK = (
    "thanks, what does that mean?",
    "Hello",
    "ok",
    "x x x",
    "great job today",
    "good morning everyone",
    "lol",
    "👍",
    "what?",
    "is this thing on",
    "you are funny",
    "see you tomorrow then",
    "I am off for lunch",
    "Hey, is the question of yesterday still open?",
    "test",
    "1",
    "Can you explain the question",
    "what's my score",
    "show me the answer please",
    "how do I skip this",
    "when does it close",
    "I don't understand the question",
    "I disagree with my grade",
    "I already answered this one yesterday, why do you ask me again",
    "please leave me alone",
    "sorry guys, the kids just came home",
    "ask me about something else",
    "I am on the train right now so I will do it when I am home",
    "let me think about it for a while and come back to you this evening",
    "my interview is next Tuesday and I am quite nervous about it, to be honest",
    "hey coach, hope you are well today my friend!",
    "who made you and are you a real person",
    "Ich melde mich heute Abend wieder",
)
SHORT_BEGINNINGS = ("Yes, ", "No, ", "Well: ", "OK so ", "Hmm, I think ", "Because ")


@pytest.mark.parametrize(("text", "wish"), WISHES.items())
def test_a_wish_is_understood_where_nothing_else_is_said(text: str, wish: Wish | None):
    assert wish_of(text) is wish


@pytest.mark.parametrize("text", NO_WISHES)
def test_what_says_more_than_a_wish_is_none(text: str):
    assert wish_of(text) is None


@pytest.mark.parametrize("text", SMALL_TALK)
def test_small_talk_is_doubtful_at_every_question(text: str, bank: QuestionBank):
    sure = [question.id for question in bank if not is_doubtful(text, question)]
    assert sure == []


@pytest.mark.parametrize("text", ["Thanks!", "thank you so much", "great work today", "good night"])
def test_a_courtesy_is_one_where_nothing_else_is_said(text: str):
    assert is_courtesy(text)


@pytest.mark.parametrize("text", ["thanks, what now?", "no", "ok", "thanks to the kernel", ""])
def test_what_says_or_asks_more_is_no_courtesy(text: str):
    assert not is_courtesy(text)


def test_no_wording_of_a_point_is_doubtful_nor_a_wish(bank: QuestionBank):
    """Right and wrong, at length and in plain words: every one of them is a try."""
    asked_about = [
        (question.id, text)
        for question in bank
        for point in question.key_points
        for text in (*point.right, *point.wrong)
        if is_doubtful(text, question) or wish_of(text)
    ]
    assert asked_about == []


def test_a_try_that_begins_as_people_speak_is_one_too(bank: QuestionBank):
    beginnings = cycle(SHORT_BEGINNINGS)
    asked_about = [
        spoken
        for question in bank
        for point in question.key_points
        for text in point.right
        if is_doubtful(spoken := f"{next(beginnings)}{text[0].lower()}{text[1:]}", question)
    ]
    assert asked_about == []


@pytest.mark.parametrize("text", ["I don't know", "no idea, sorry", "idk"])
def test_who_does_not_know_has_said_so(text: str, bank: QuestionBank):
    assert not any(is_doubtful(text, question) for question in bank)
