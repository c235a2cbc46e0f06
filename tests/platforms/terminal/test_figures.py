from dataclasses import replace

from hypothesis import given

from bot.core.figures import (
    BoardFigures,
    BoardRow,
    Figures,
    ProgressFigures,
    TopicFigures,
)
from bot.core.progress.words import topic_progress
from bot.core.reply import Action, Bars, Reply
from bot.core.words import captions
from bot.core.words.alt_text import LONGEST_ALT_TEXT, alt_text
from bot.core.words.figures import leaderboard_figures, progress_figures
from bot.platforms.terminal.plain import as_text
from knowledge.question import Topic
from tests.pictures.figures import TODAY, board_figures, figures, topic_figures
from tests.pictures.figures import progress_figures as progress_figures_drawn
from tools import pictures as samples

MONITORING = Topic(id="monitoring", title="Monitoring and drift", summary="Noticing what changed.")


def twin(shown: ProgressFigures | TopicFigures | BoardFigures) -> Reply:
    match shown:
        case ProgressFigures():
            return progress_figures(shown)
        case TopicFigures():
            return topic_progress(MONITORING, shown)
        case BoardFigures():
            return leaderboard_figures(shown)


@given(figures)
def test_every_picture_has_a_short_text_that_is_always_the_same(shown: Figures):
    text = alt_text(shown)

    assert 0 < len(text) <= LONGEST_ALT_TEXT
    assert text == alt_text(shown)
    assert text[-1] in ".…"
    assert "\n" not in text
    text.encode("utf-8")


def test_the_text_of_progress_tells_what_every_panel_shows():
    assert alt_text(samples.progress()) == (
        "Progress of Ada on 25 Nov 2026: 214 answers, a streak of 12 days. "
        "Average score by topic: Deep learning 81 %, Transfer learning 72 %, Deployment 64 %, "
        "Interpretability 58 % and Hyperparameter tuning 43 %. "
        "1 topic not tried yet. "
        "Average score from 22 Aug 2026 to 24 Nov 2026: 24 % at first, 77 % now. "
        "In the last 26 weeks, 128 days with answers and 2 freezes. "
        "Reviews due: 7 today, 50 in the next 14 days. "
        "Most often missed: "
        "“Fresh labels, not the inputs alone, show that the concept drifted.” (5 of 7), "
        "“Freeze the early layers first, because they hold general features.” (4 of 9), "
        "“A canary release exposes a small share of the traffic to a model.” (3 of 4) "
        "and 1 more."
    )


def test_the_text_of_a_topic_tells_what_every_panel_shows():
    assert alt_text(samples.topic()) == (
        "Progress in Monitoring and drift on 25 Nov 2026: 14 answers, 4 of 6 questions answered. "
        "Latest scores, the lowest first: alerting-on-drift 31 %, concept-drift 58 %, "
        "delayed-ground-truth 74 % and training-serving-skew 91 %. "
        "Average score from 22 Aug 2026 to 18 Nov 2026: 24 % at first, 67 % now. "
        "In the last 26 weeks, 14 days with answers. "
        "Reviews due: 1 today, 3 in the next 14 days. "
        "Most often missed: "
        "“Fresh labels, not the inputs alone, show that the concept drifted.” (5 of 7)."
    )


def test_the_text_of_a_board_tells_the_place_of_its_reader():
    text = alt_text(samples.leaderboard())

    assert text.startswith("Leaderboard of ML study group, November 2026, 148 learners ranked.")
    assert "You're 25th with 566 points." in text
    assert "1. Grace, 1,284 points; 1. Łukasz Żółć, 1,284 points; 3. Мария" in text


def test_the_text_of_a_report_names_strengths_gaps_and_what_to_study():
    text = alt_text(samples.interview())

    assert "68 % overall, 6 questions in 24 min." in text
    assert "Gaps: “Fresh labels," in text
    assert "To study next: “Concept drift”, “Alert thresholds” and “Rolling back" in text


@given(progress_figures_drawn | topic_figures | board_figures)
def test_every_twin_is_printed_whole(shown: ProgressFigures | TopicFigures | BoardFigures):
    reply = twin(shown)

    printed = as_text(reply)

    assert printed.strip()
    assert "\x1b" not in printed
    assert all(block.rows for block in reply.blocks if isinstance(block, Bars))


def test_the_twin_of_progress_shows_the_same_numbers():
    printed = as_text(progress_figures(samples.progress()))

    for words in (
        "214 answers · 12-day streak · 7 due today.",
        "81 %, 18 of 20",
        "Monitoring and drift",
        "24 Nov [###############.....] 77 %",
        "Fresh labels, not the inputs alone, show that the concept drifted. (5× of 7)",
    ):
        assert words in printed


def test_without_answers_the_twin_says_what_to_do():
    reply = progress_figures(ProgressFigures(TODAY, 0))

    assert captions.NO_ANSWERS in as_text(reply)
    assert reply.actions == (Action.ASK,)


def test_the_twin_of_a_board_marks_ties_and_the_reader():
    printed = as_text(leaderboard_figures(samples.leaderboard()))

    assert "=1 Grace" in printed
    assert "25 Ada (you)" in printed
    assert "148 learners ranked." in printed


def test_an_empty_board_says_so():
    assert captions.NO_ROWS in as_text(leaderboard_figures(BoardFigures("ML", "Today", (), 0)))


def test_a_name_cannot_command_the_terminal_or_break_a_row():
    board = BoardFigures("ML", "Today", (BoardRow(1, "a\x1b[2J\nb" + "w" * 99, 3),), 1)
    printed = as_text(leaderboard_figures(board))

    assert "\x1b" not in printed
    assert sum("w" * 9 in line for line in printed.splitlines()) == 1


def test_lists_without_entries_have_no_heading():
    printed = as_text(progress_figures(replace(samples.progress(), missed=())))

    assert captions.MISSED not in printed
