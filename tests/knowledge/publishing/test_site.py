"""The site in a real browser, from files alone: searched, opened, on a phone and in the dark."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from benchmarks.phrasings.__main__ import FOLDER as PHRASINGS
from knowledge.bank import QuestionBank
from knowledge.errors import InvalidBank
from knowledge.publishing.site import write_site
from tests.browser import Browser, browser_in, needs_browser

PHONE, DESK = (360, 740), (1280, 900)
DRIFT = "questions/monitoring/concept-drift.html"
MOST_TO_LOAD = 600_000
"""Bytes, compressed: a second and a half on a slow phone's network."""


@pytest.fixture(scope="module")
def site(bank: QuestionBank, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(bank, folder)
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    yield from browser_in(tmp_path_factory.mktemp("profile"))


def shown(browser: Browser, selector: str) -> list[str]:
    """Return the texts of what is seen of a kind."""
    script = """
        [...document.querySelectorAll(%r)].filter(e => e.checkVisibility()).map(e => e.innerText)
    """
    found: list[str] = browser.run(script % selector)
    return found


def look_for(browser: Browser, **fields: str) -> None:
    """Type into the search, and choose, as a person does."""
    for field, text in fields.items():
        browser.run(
            f"(() => {{ const f = document.getElementById({field!r}); f.value = {text!r};"
            "f.dispatchEvent(new Event('input', {bubbles: true})); })()"
        )


def test_every_question_has_a_page_and_every_link_leads_to_one(site: Path, bank: QuestionBank):
    pages = [site / "index.html", *(site / "questions").glob("*/*.html")]
    assert len(pages) == len(bank) + 1
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for address in re.findall(r'(?:href|src)="([^"#]+)', text):
            assert (page.parent / address).is_file(), (page, address)


def test_no_page_asks_a_network_for_anything(site: Path):
    for file in site.rglob("*.*"):
        text = re.sub(r'xmlns="[^"]*"', "", file.read_text(encoding="utf-8"))
        loaded = re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"|url\(|@import|fetch\(', text)
        assert loaded == [], file


def test_texts_of_questions_are_shown_as_they_were_written(bank: QuestionBank, tmp_path: Path):
    question = bank.get("monitoring/concept-drift")
    odd = question.model_copy(update={"prompt": "Is <b>a</b> & </script> a tag, or what is it?"})
    write_site(QuestionBank(bank.topics, [odd]), tmp_path / "site")

    index = (tmp_path / "site" / "index.html").read_text()
    assert "Is &lt;b&gt;a&lt;/b&gt; &amp; &lt;/script&gt; a tag" in index
    assert "</script" not in (tmp_path / "site" / "assets" / "questions.js").read_text()


def test_an_earlier_site_is_replaced_and_other_files_are_left_alone(
    bank: QuestionBank, tmp_path: Path
):
    site = tmp_path / "site"
    write_site(bank, site)
    (site / "questions" / "gone.html").write_text("an old question")
    write_site(bank, site)
    assert not (site / "questions" / "gone.html").exists()

    other = tmp_path / "documents"
    other.mkdir()
    (other / "letter.txt").write_text("dear")
    with pytest.raises(InvalidBank, match="1 fault"):
        write_site(bank, other)
    assert [each.name for each in other.iterdir()] == ["letter.txt"]


@needs_browser
def test_a_question_is_found_by_words(site: Path, browser: Browser, bank: QuestionBank):
    browser.open(site / "index.html")
    look_for(browser, q="vanishing gradients")

    prompt = bank.get("deep-learning/vanishing-gradients").prompt
    assert any(found.startswith(prompt) for found in shown(browser, "#results a")[:3])
    assert shown(browser, "#all section") == []
    assert browser.run("location.hash") == "#q=vanishing+gradients"
    look_for(browser, q="zzzz")
    assert shown(browser, "#count") == ["No question fits. Try fewer words, or another topic."]


FOUND = """
    %s.map((text) => {
        const field = document.getElementById("q");
        field.value = text;
        field.dispatchEvent(new Event("input", {bubbles: true}));
        return [...document.querySelectorAll("#results a")].map((a) => a.getAttribute("href"));
    })
"""


@needs_browser
@pytest.mark.parametrize(
    ("file", "first", "among_three"),
    [("chosen", 0.7, 0.85), ("blind", 0.9, 0.97), ("fresh", 0.75, 0.9)],
)
def test_everyday_words_find_what_is_meant(
    site: Path, browser: Browser, file: str, first: float, among_three: float
):
    phrasings = yaml.safe_load((PHRASINGS / f"{file}.yaml").read_text(encoding="utf-8"))
    meant = [
        (text, f"questions/{each}.html") for each, texts in phrasings.items() for text in texts
    ]
    browser.open(site / "index.html")

    found = browser.run(FOUND % json.dumps([text for text, _ in meant]))

    right = [page in pages[:1] for (_, page), pages in zip(meant, found, strict=True)]
    near = [page in pages[:3] for (_, page), pages in zip(meant, found, strict=True)]
    assert sum(right) >= first * len(meant)
    assert sum(near) >= among_three * len(meant)


@needs_browser
@pytest.mark.parametrize(
    "typed", ["concept dri", "Concept  Drift", "concept drifting", "the concept-drifts"]
)
def test_half_typed_and_inflected_words_are_found(site: Path, browser: Browser, typed: str):
    browser.open(site / "index.html")

    assert DRIFT in browser.run(FOUND % json.dumps([typed]))[0][:2]


@needs_browser
def test_british_and_american_spelling_find_the_same(site: Path, browser: Browser):
    browser.open(site / "index.html")
    one, other = browser.run(
        FOUND % json.dumps(["normalising layers, regularised", "normalizing layers, regularized"])
    )

    assert one == other != []


@needs_browser
def test_the_whole_name_of_a_question_leads_to_it(site: Path, browser: Browser, bank: QuestionBank):
    names = [(name, f"questions/{q.id}.html") for q in bank for name in q.aliases]
    browser.open(site / "index.html")

    found = browser.run(FOUND % json.dumps([name for name, _ in names]))

    wrong = [n for (n, page), pages in zip(names, found, strict=True) if pages[:1] != [page]]
    assert wrong == []


def test_what_the_search_loads_is_small(site: Path):
    data = (site / "assets" / "questions.js").read_bytes()

    assert len(gzip.compress(data)) < MOST_TO_LOAD


@needs_browser
def test_topic_and_difficulty_narrow_what_is_listed(
    site: Path, browser: Browser, bank: QuestionBank
):
    browser.open(site / "index.html")
    look_for(browser, topic="deployment", level="3")

    wanted = [q.prompt for q in bank.by_topic("deployment") if q.difficulty == 3]
    assert shown(browser, "#all li a") == wanted
    look_for(browser, topic="", level="")
    assert len(shown(browser, "#all li a")) == len(bank)


@needs_browser
def test_an_address_leads_back_to_what_was_looked_for(site: Path, browser: Browser):
    browser.open(site / "index.html", "#topic=monitoring&q=drift")

    assert browser.run("document.getElementById('q').value") == "drift"
    assert all("Monitoring and drift" in each for each in shown(browser, "#results a"))


@needs_browser
def test_answers_are_hidden_until_they_are_opened(site: Path, browser: Browser, bank: QuestionBank):
    question = bank.get("monitoring/concept-drift")
    browser.open(site / DRIFT)
    assert shown(browser, "details p") == []

    browser.run("document.querySelectorAll('summary')[1].click()")
    assert shown(browser, "details p") == [question.reference_answers.short]
    browser.run("document.getElementById('open-all').click()")
    seen = " ".join(shown(browser, "details"))
    assert all(point.statement in seen for point in question.key_points)
    assert shown(browser, "#open-all") == ["Close everything"]


@needs_browser
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("page", ["index.html", DRIFT])
def test_a_page_fits_its_screen_and_what_is_touched_is_large_enough(
    site: Path, browser: Browser, size: tuple[int, int], page: str
):
    browser.show_as(*size)
    browser.open(site / page)

    assert browser.run("document.documentElement.scrollWidth") == size[0]
    heights = browser.run(
        "[...document.querySelectorAll('button, input, select, summary')]"
        ".filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) >= 44


CONTRAST = """
    (() => {
        const parts = (colour) => colour.match(/[0-9.]+/g).slice(0, 3).map(Number);
        const light = (colour) => parts(colour).map((each) => each / 255)
            .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
            .reduce((sum, each, place) => sum + each * [0.2126, 0.7152, 0.0722][place], 0);
        const under = (e) => {
            const colour = getComputedStyle(e).backgroundColor;
            const clear = colour === "rgba(0, 0, 0, 0)";
            return clear && e.parentElement ? under(e.parentElement) : colour;
        };
        for (const each of document.querySelectorAll("details")) each.open = true;
        const texts = [...document.querySelectorAll("h1, h2, a, p, li, summary, button, small")];
        return Math.min(...texts.filter((e) => e.checkVisibility() && e.innerText).map((e) => {
            const [a, b] = [light(getComputedStyle(e).color), light(under(e))];
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        }));
    })()
"""
"""The least contrast of any text with what is behind it, as WCAG 2 counts it."""


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["index.html", DRIFT])
def test_every_text_can_be_read_in_light_and_in_dark(
    site: Path, browser: Browser, scheme: str, page: str
):
    browser.show_as(*DESK, scheme)
    browser.open(site / page)

    assert browser.run(CONTRAST) >= 4.5


@needs_browser
def test_a_chosen_theme_is_kept_on_the_next_page(site: Path, browser: Browser):
    browser.show_as(*DESK, "light")
    browser.open(site / "index.html")
    light = browser.run("getComputedStyle(document.body).backgroundColor")
    browser.run("document.getElementById('theme').click()")
    dark = browser.run("getComputedStyle(document.body).backgroundColor")
    assert dark != light

    browser.open(site / DRIFT)
    assert browser.run("getComputedStyle(document.body).backgroundColor") == dark
    assert shown(browser, "#theme") == ["Light"]
    browser.run("document.getElementById('theme').click()")


@needs_browser
def test_without_scripts_all_questions_are_listed(site: Path, browser: Browser, bank: QuestionBank):
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(site / "index.html")
        assert len(shown(browser, "#all li a")) == len(bank)
        assert shown(browser, "form, button") == []
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
