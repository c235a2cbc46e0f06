"""Every sentence a learner can read, one module for each kind of message.

Functions take values of the core and return a Reply (or, for errors, one line). Same input, same
words: nothing here draws lots or looks at the clock.
"""

from bot.core.wording import running as running  # registers its sentences
from bot.core.wording import translations as translations  # likewise
from bot.core.wording.accounts import link_code, linked, settings
from bot.core.wording.appeals import (
    appeal_accepted,
    appeal_case,
    appeal_declined,
    appeal_withdrawn,
    appealed,
    appeals,
    points_to_appeal,
    sentences_to_appeal,
)
from bot.core.wording.boards import (
    improved,
    leaderboard,
    period_name,
    points_earned,
    visibility,
)
from bot.core.wording.champions import champion_role, champions, no_champion_role
from bot.core.wording.daily import (
    daily_over,
    daily_post,
    daily_question,
    daily_results,
    discussion_begins,
    discussion_opens,
    no_daily_here,
    no_daily_now,
    thread_name,
)
from bot.core.wording.errors import error, unexpected
from bot.core.wording.feedback import feedback
from bot.core.wording.figures import interview_figures, leaderboard_figures, progress_figures
from bot.core.wording.flags import flag_done, flagged, flags
from bot.core.wording.grader import grader_card
from bot.core.wording.hints import hint
from bot.core.wording.hosts import (
    answer_excluded,
    answer_included,
    answers_of,
    audit,
    excluded,
    included,
    not_ranked,
)
from bot.core.wording.house_rules import house_rules
from bot.core.wording.insights import gaps, question_health, question_statistics
from bot.core.wording.interviews import (
    interview_begins,
    interview_ends,
    interview_gives_back,
    interview_goes_on,
    interview_notes,
    interview_paused,
    interview_question,
    interview_report,
    interview_skips,
    interview_stops,
    interview_waits,
    led,
    report_texts,
)
from bot.core.wording.notices import notice
from bot.core.wording.overviews import overview
from bot.core.wording.own_questions import (
    own_questions,
    question_template,
    questions_saved,
    retired,
    suggested,
    suggestion_decided,
    suggestion_resembles,
    suggestions,
    upload_faults,
    upload_resembles,
    uploaded,
)
from bot.core.wording.pictures import alt_text
from bot.core.wording.plans import plan_is, plan_paused, plan_preview
from bot.core.wording.privacy import (
    confirm_deletion,
    deleted,
    exported,
    nothing_stored,
    privacy,
)
from bot.core.wording.pseudonyms import pseudonym
from bot.core.wording.questions import (
    first_welcome,
    help_for,
    question,
    reveal,
    skipped,
    topics,
    unknown_command,
    welcome_back,
)
from bot.core.wording.records import picture_saved, progress, progress_in_words
from bot.core.wording.reviews import (
    nothing_ahead,
    nothing_due,
    nothing_to_review,
    review,
    review_ahead,
)
from bot.core.wording.streaks import streak, streak_grows, streak_waits, streak_why
from bot.core.wording.topic_records import topic_progress

__all__ = [
    "alt_text",
    "answer_excluded",
    "answer_included",
    "answers_of",
    "appeal_accepted",
    "appeal_case",
    "appeal_declined",
    "appeal_withdrawn",
    "appealed",
    "appeals",
    "audit",
    "champion_role",
    "champions",
    "confirm_deletion",
    "daily_over",
    "daily_post",
    "daily_question",
    "daily_results",
    "deleted",
    "discussion_begins",
    "discussion_opens",
    "error",
    "excluded",
    "exported",
    "feedback",
    "first_welcome",
    "flag_done",
    "flagged",
    "flags",
    "gaps",
    "grader_card",
    "help_for",
    "hint",
    "house_rules",
    "improved",
    "included",
    "interview_begins",
    "interview_ends",
    "interview_figures",
    "interview_gives_back",
    "interview_goes_on",
    "interview_notes",
    "interview_paused",
    "interview_question",
    "interview_report",
    "interview_skips",
    "interview_stops",
    "interview_waits",
    "leaderboard",
    "leaderboard_figures",
    "led",
    "link_code",
    "linked",
    "no_champion_role",
    "no_daily_here",
    "no_daily_now",
    "not_ranked",
    "nothing_ahead",
    "nothing_due",
    "nothing_stored",
    "nothing_to_review",
    "notice",
    "overview",
    "own_questions",
    "period_name",
    "picture_saved",
    "plan_is",
    "plan_paused",
    "plan_preview",
    "points_earned",
    "points_to_appeal",
    "privacy",
    "progress",
    "progress_figures",
    "progress_in_words",
    "pseudonym",
    "question",
    "question_health",
    "question_statistics",
    "question_template",
    "questions_saved",
    "report_texts",
    "retired",
    "reveal",
    "review",
    "review_ahead",
    "sentences_to_appeal",
    "settings",
    "skipped",
    "streak",
    "streak_grows",
    "streak_waits",
    "streak_why",
    "suggested",
    "suggestion_decided",
    "suggestion_resembles",
    "suggestions",
    "thread_name",
    "topic_progress",
    "topics",
    "unexpected",
    "unknown_command",
    "upload_faults",
    "upload_resembles",
    "uploaded",
    "visibility",
    "welcome_back",
]
