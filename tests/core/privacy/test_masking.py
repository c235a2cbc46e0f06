"""Whoever is named by a sign is masked, and what only looks like it is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.privacy.masking import masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ask <@123456789012345678>, <@!12>, <@&7> in <#99>",
            "Ask [name], [name], [name] in [name]",
        ),
        ("Ask <@U012AB3CD|ada> in <#C024BE91L|general> <!here>", "Ask [name] in [name] [name]"),
        ("<:parrot:123456> <a:wave:12> </ask:77>", "[name] [name] [name]"),
        ("<mailto:ada@example.org|ada@example.org>", "[address]"),
        ("See <https://example.org/x|the paper>.", "See [link]."),
        ("See https://example.org/a?b=c#d, and www.example.org.", "See [link], and [link]."),
        ("(see http://localhost:80/ada)", "(see [link])"),
        ("On linkedin.com/in/ada-l and about.me/ada: yes", "On [link] and [link]: yes"),
        ("My page is ada-l.dev.", "My page is [link]."),
        ("Write to ada.l+x@mail.example.org.", "Write to [address]."),
        ("As @ada.l said, @bob_2: so", "As [name] said, [name]: so"),
        ("@ada@example.social wrote it", "[address] wrote it"),
        ("Ada#1234 knows", "[name] knows"),
        ("Call +49 (170) 123-45 67 now", "Call [number] now"),
        ("I am 123456789012345678 or U012AB3CD here", "I am [number] or [name] here"),
    ],
)
def test_what_leads_to_somebody_is_masked(text: str, expected: str):
    assert masked(text) == expected
    assert masked(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I watch precision@k, recall@10 and mAP@0.5; NDCG @ 10, hits @5.",
        "If p < 0.05 and PSI > 0.2, e.g. on logits, i.e. scores, alert.",
        "P(y|x) moved: x <- y, a<b>c, 1e-4/1e-5, w.r.t. time, and/or A/B.",
        "The model decays.It is retrained.So we alert.In time.",
        "Call model.fit, then model.predict; use C# or F#.",
        "It takes 1000000 rows, +5 points, and 3.14.",
        "UNSUPERVISED DRIFT and BASELINES matter",
    ],
)
def test_what_only_looks_like_it_stays(text: str):
    assert masked(text) == text


def test_names_are_masked_as_whole_words():
    names = ("Ada Lovelace", "Will", "Al", "", "c++ (fan)")
    text = "ada lovelace and Will will say: Al and Willow, c++ (fan), ADA LOVELACE."
    expected = "[name] and [name] will say: Al and Willow, [name], [name]."
    assert masked(text, names) == expected


@given(st.text("ab1@.:/<>#+-_ ", max_size=40), st.text("ab1@.:/<>#+-_ ", max_size=40))
def test_nothing_around_it_hides_who_is_meant(before: str, after: str):
    text = f"{before} ada.l@example.org <@777> https://example.org/lovelace {after}"
    found = masked(text)

    assert not any(each in found for each in ("ada.l", "777", "lovelace"))
