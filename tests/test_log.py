"""What the log says, what it never says, and how much of it."""

import json
import logging
import os
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bootstrap.settings import load_settings
from bot.core.errors import StorageError
from bot.core.faults import Faults
from bot.log import start_logging
from bot.log_limit import MOST_LINES, BoundedHandler, Limiter
from bot.log_lines import JsonLine, OneLine
from bot.log_targets import LogFile

ANSWER = "I would retrain the model every night"


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    logging.captureWarnings(capture=False)
    for each in [each for each in root.handlers if each not in handlers]:
        root.removeHandler(each)
        each.close()
    root.setLevel(level)


def record(told: str, *args: object, name: str = "bot.test", error: BaseException | None = None):
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.ERROR, "here.py", 7, told, args, info)


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause
    except type(error) as caught:
        return caught


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-12345-abcDEF",
        "xapp-1-A0-99-abcdef",
        "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB",
        "sk-abcdefghijklmnop0123",
        "aW50ZXJhY3Rpb246MTIzNDU2",
        "hunter2secret",
        "B0/99/token",
    ],
)
def test_tokens_are_masked_wherever_they_stand(secret: str):
    for told in (
        f"a token {secret}, refused" if secret[0] in "xMs" else "",
        f"POST https://discord.com/api/v10/webhooks/123/{secret.replace('/', '')}/messages/@me",
        f"postgresql://coach:{secret.replace('/', '')}@db/coach",
        f"https://hooks.slack.com/actions/{secret} did not answer",
        f"Authorization: Bearer {secret}",
    ):
        assert secret not in OneLine().format(record(told))
        assert secret not in JsonLine().format(record("%s", told))


def test_the_secrets_of_the_settings_are_masked_without_any_pattern():
    assert "open sesame" not in OneLine({"open sesame"}).format(record("said open sesame"))


def test_a_line_break_and_an_escape_of_a_terminal_forge_no_line():
    line = OneLine().format(record("%s", "one\n2026-01-01 ERROR two\x1b[2J\r\u2028three"))

    assert len(line.splitlines()) == 1
    assert "\x1b" not in line


def test_what_an_unknown_exception_says_is_left_out_and_its_place_is_told():
    cause = raised(KeyError(ANSWER))
    line = OneLine().format(record("failed: %s", ANSWER, error=raised(ValueError(ANSWER), cause)))

    assert ANSWER not in line
    assert "Traceback ValueError at tests.test_log:" in line
    assert "because of KeyError" in line


def test_what_the_coach_says_of_its_own_faults_is_told():
    line = OneLine().format(record("failed", error=raised(StorageError("here.db", "no space"))))

    assert "no space" in line


def test_the_objects_behind_the_first_line_of_a_library_are_left_out():
    told = f"Task exception was never retrieved\nfuture: <Task exception=KeyError('{ANSWER}')>"

    line = OneLine().format(record(told, name="asyncio", error=raised(KeyError(ANSWER))))

    assert "never retrieved" in line
    assert ANSWER not in line


def test_json_has_an_object_a_line_and_the_same_event_for_all_of_a_kind():
    lines = [JsonLine().format(record("attempt %d waits", number)) for number in (1, 2)]

    one, two = map(json.loads, lines)
    assert one["event"] == two["event"] == "attempt %d waits"
    assert (one["message"], one["level"], one["logger"]) == ("attempt 1 waits", "error", "bot.test")
    assert json.loads(JsonLine().format(record("x", error=raised(ValueError("y")))))["traceback"]


class Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def test_a_place_that_says_too_much_is_counted_and_no_other_is_kept_quiet():
    now, kept = [0.0], Kept()
    handler = BoundedHandler(kept, Limiter(), lambda: now[0])
    for number in range(1000):
        handler.handle(record("refused %d", number))
    other = record("something else")
    other.lineno = 8
    handler.handle(other)

    assert len(kept.lines) == MOST_LINES + 1
    assert kept.lines[-1] == "something else"

    now[0] = 61.0
    handler.tell()
    assert kept.lines[-1] == "980 more lines like this one were left out in 60 s: refused %d"
    handler.handle(record("refused %d", 5))
    assert kept.lines[-1] == "refused 5"
    handler.close()


def test_an_error_of_another_kind_is_told_wherever_others_were_told_too_often():
    kept = Kept()
    handler = BoundedHandler(kept, Limiter(), lambda: 0.0)
    for _ in range(1000):
        handler.handle(record("unexpected", error=raised(ValueError("full"))))
    handler.handle(record("unexpected", error=raised(KeyError("read-only"))))
    handler.handle(record("unexpected"))

    assert len(kept.lines) == MOST_LINES + 2
    handler.close()


def test_threads_that_talk_at_once_are_all_counted():
    now, kept = [0.0], Kept()
    handler = BoundedHandler(kept, Limiter(most=3), lambda: now[0])
    talkers = [
        threading.Thread(target=lambda: [handler.handle(record("x")) for _ in range(50)])
        for _ in range(4)
    ]
    for each in talkers:
        each.start()
    for each in talkers:
        each.join()
    now[0] = 61.0
    handler.tell()

    assert kept.lines[:3] == ["x"] * 3
    assert kept.lines[3:] == ["197 more lines like this one were left out in 60 s: x"]
    handler.close()


def test_a_fault_is_told_when_it_begins_when_its_reason_changes_and_when_it_is_over(
    caplog: pytest.LogCaptureFixture,
):
    caplog.set_level("INFO")
    now = [0.0]
    faults = Faults(lambda: now[0])
    for reason in ("locked", "locked", "full", "full"):
        faults.met("the database", reason)
        now[0] += 10
    faults.over("the database")
    faults.over("the database")

    assert [each.getMessage() for each in caplog.records] == [
        "fault: the database: locked",
        "fault: the database: full",
        "fault over: the database works again after 40 s (met 4 times)",
    ]


def test_serving_writes_each_record_once_to_stderr_and_to_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    monkeypatch.setenv("COACH_LOG_FORMAT", "json")
    monkeypatch.setenv("COACH_LOG_LEVEL", "DEBUG")
    monkeypatch.setenv("COACH_OPINION__KEY", "tell-nobody")
    start_logging(load_settings(), serving=True)

    logging.getLogger("bot.test").warning("a key: %s", "tell-nobody")
    logging.getLogger("slack_sdk").debug(ANSWER)
    warnings.warn("soon gone", UserWarning, stacklevel=1)

    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [each["logger"] for each in told] == ["bot.test", "py.warnings"]
    assert told[0]["message"] == "a key: ***"
    assert (tmp_path / "coach.log").read_text(encoding="utf-8").count("\n") == 2


def test_a_log_that_is_not_served_stays_off_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    start_logging(load_settings())
    start_logging(load_settings())

    logging.getLogger("bot.test").warning("a remark")

    assert capsys.readouterr().err == ""
    assert (tmp_path / "coach.log").read_text(encoding="utf-8").count("a remark") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_log_file_that_cannot_be_written_is_told_of_once_and_when_it_can_be_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    settings = load_settings(tmp_path)
    start_logging(settings, serving=True)
    log = logging.getLogger("bot.test")
    (file,) = (
        each.target.stream
        for each in logging.getLogger().handlers
        if isinstance(each, BoundedHandler) and isinstance(each.target, LogFile)
    )
    whole = os.dup(file.fileno())
    with open("/dev/full", "w") as full:  # noqa: PTH123 a device
        os.dup2(full.fileno(), file.fileno())
    for number in range(3):
        log.error("line %d", number, exc_info=raised(ValueError(ANSWER)))
    os.dup2(whole, file.fileno())
    os.close(whole)
    log.error("line 3")
    said = capsys.readouterr().err
    assert said.count("fault: the log file: No space left on device") == 1
    assert said.count("fault over: the log file works again") == 1
    assert [f"line {number}" in said for number in range(4)] == [True] * 4
    assert ANSWER not in said
    assert "line 3" in settings.log_file.read_text(encoding="utf-8")
