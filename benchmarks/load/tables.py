"""The figures under load as small tables."""

from collections.abc import Iterator

from benchmarks.load.figures import (
    RateFigures,
    Report,
    RoundFigures,
    RushFigures,
    SoakFigures,
    Times,
)

WIDE = 34


def tables(report: Report) -> Iterator[str]:
    """Yield the lines of all that was measured."""
    busy = ", one of them kept busy" if report.busy else ""
    yield (
        f"{report.platform}, {report.database}, {report.cores} cores{busy}; "
        f"load average {report.load_before:.1f} before, {report.load_after:.1f} after"
    )
    if report.rush:
        yield from ("", *rush_lines(report.rush))
    if report.rate:
        yield from ("", *_rate(report.rate))
    for name, rate in (report.rates or {}).items():
        yield from ("", f"{name}:", *_rate(rate))
    if report.rates:
        yield ""
        yield "held, answers a second"
        for name, rate in report.rates.items():
            yield f"{name:<{WIDE}}{rate.held_per_second:>7g}"
    if report.round:
        yield from ("", *_round(report.round))
    if report.soak:
        yield from ("", *_soak(report.soak))


def rush_lines(rush: RushFigures) -> Iterator[str]:
    """Yield the lines of a rush."""
    yield f"{rush.answers} answers in {rush.seconds:g} s, in seconds"
    yield _HEAD
    yield _row("acknowledged", rush.acknowledged)
    yield _row("grade shown", rush.graded)
    yield _row("grade stored", rush.stored)
    yield _row("help meanwhile", rush.help)
    yield _row("names offered meanwhile", rush.completed)
    yield _row("windows opened meanwhile", rush.windows)
    yield (
        f"graded {rush.graded_per_second:.1f} a second, in this process "
        f"{rush.in_process_per_second:.1f}: {rush.ratio:.2f} times"
    )
    yield (
        f"computing an answer: {rush.cpu_ms_each:.0f} ms, its grade in this process "
        f"{rush.in_process_cpu_ms_each:.0f} ms"
    )
    yield f"cores: the program {rush.program_cores:.2f}, the platform {rush.emulator_cores:.2f}"


def _rate(rate: RateFigures) -> Iterator[str]:
    yield "answers a second, and seconds until they were acknowledged"
    yield _HEAD
    for each in rate.trials:
        yield _row(f"{each.per_second:g}" + ("" if each.held else " (not held)"), each.acknowledged)
    more = " or more" if rate.held_per_second >= rate.at_most else ""
    yield f"held: {rate.held_per_second:g} a second{more}"


def _round(found: RoundFigures) -> Iterator[str]:
    yield (
        f"{found.channels:,} channels of {found.communities} communities due in one minute: "
        "seconds late"
    )
    yield _HEAD
    yield _row("where nothing is limited", found.others)
    yield _row("where everything gets a 429", found.limited)
    yield f"the round took {found.cpu_s:.1f} s of computing"


def _soak(soak: SoakFigures) -> Iterator[str]:
    yield f"{soak.learners} learners for {soak.minutes:g} minutes, {soak.answers:,} answers"
    yield _HEAD
    yield _row("acknowledged", soak.acknowledged)
    yield (
        f"memory {soak.start_mb:.0f} MB once warm, {soak.end_mb:.0f} MB at the end "
        f"({soak.growth:+.1%}), {soak.most_mb:.0f} MB at most: "
        + ("flat" if soak.flat else "it grows")
    )


_HEAD = f"{'':<{WIDE}}{'count':>7}{'p50':>9}{'p99':>9}{'most':>9}{'over 3 s':>10}{'missing':>9}"


def _row(name: str, times: Times | None) -> str:
    if times is None:
        return f"{name:<{WIDE}}{0:>7}"
    return (
        f"{name:<{WIDE}}{times.count:>7}{times.p50:9.2f}{times.p99:9.2f}{times.most:9.2f}"
        f"{times.late:10.1%}{times.missing:9}"
    )
