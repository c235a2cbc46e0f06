"""The figures of one run of the benchmark."""

from pydantic import BaseModel, ConfigDict

Lengths = dict[str, float]
"""A figure for each answer length, by its number of words."""


class _Figures(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Percentiles(_Figures):
    """Times in milliseconds."""

    p50: float
    p95: float
    p99: float


class IndexFigures(_Figures):
    """An index over so many synthetic passages: seconds, milliseconds, 0..1, megabytes (10^6)."""

    passages: int
    kind: str
    build_s: float
    search_ms_p50: float
    recall_at_10: float
    mb: float


class SkippedIndex(_Figures):
    """An index that was not measured, and why."""

    passages: int
    skipped: str


class BankFigures(_Figures):
    """Fresh processes with a bank of so many questions: seconds, and the most memory in MB (10^6).

    The first of each kind begins in an empty home.
    """

    questions: int
    first_grade_s: float
    grade_s: float
    grade_mb: float
    first_search_s: float
    search_s: float
    search_mb: float


class Report(_Figures):
    """Everything that `coach bench` measures.

    `grade_ms`, `forward_ms_p50` (one forward pass of the bare model, in 32 bits as sentence-
    transformers loads it, over the whole answer, tokens ready) and `ratio_to_forward` (the
    former's median by the latter) are by answer length in words, and so is `ratio_to_own_forward`,
    by a pass in the grader's own precision; `answers_per_second` is by the number of answers under
    way at once; `cold_start_s` is a fresh process with its first grade;
    `rss_mb` is this process after grading; `naive_ratio` is the time of a grade by that of a
    plain embedding compared with a stored one, at 120 words.
    """

    grade_ms: dict[str, Percentiles]
    forward_ms_p50: Lengths
    ratio_to_forward: Lengths
    ratio_to_own_forward: Lengths
    answers_per_second: Lengths
    cold_start_s: float
    rss_mb: float
    naive_ratio: float
    banks: tuple[BankFigures, ...]
    index: tuple[IndexFigures | SkippedIndex, ...]
