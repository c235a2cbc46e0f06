import pytest

from tools.pip_errors import DISK_FULL, NO_NETWORK, explain, tail
from tools.process import activity, cleaned

LAST_RETRY = (
    "WARNING: Retrying (Retry(total=0)) after connection broken by "
    "'NewConnectionError('[Errno -3] Temporary failure in name resolution')': /simple/rich/\n"
)
HICCUP = LAST_RETRY.replace("total=0", "total=4")
NONE_OFFERED = (
    "ERROR: Could not find a version that satisfies the requirement rich==15.0.0 "
    "(from versions: none)\nERROR: No matching distribution found for rich==15.0.0\n"
)


def offered(versions):
    return NONE_OFFERED.replace("none", versions)


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (HICCUP + LAST_RETRY + NONE_OFFERED, NO_NETWORK),
        (LAST_RETRY + offered("1.0, from a local folder"), NO_NETWORK),
        ("ReadTimeoutError: HTTPSConnectionPool: Read timed out.", NO_NETWORK),
        ("ERROR: HTTPSConnectionPool: Max retries exceeded with url: /simple/rich/", NO_NETWORK),
        ("ERROR: Could not install: [Errno 28] No space left on device", DISK_FULL),
        ("OSError: [Errno 122] Disk quota exceeded", DISK_FULL),
        ("ERROR: ResolutionImpossible: for help", "the locked versions contradict each other"),
    ],
)
def test_known_failures_have_their_sentence(output, said):
    assert explain(output).startswith(said)


@pytest.mark.parametrize("output", [NONE_OFFERED, offered("1.0, 2.0"), HICCUP + NONE_OFFERED])
def test_an_entry_that_no_index_has_is_named(output):
    assert "rich==15.0.0 does not resolve" in explain(output)


def test_an_unknown_failure_is_left_to_the_caller():
    assert explain("ERROR: something new") is None


def test_the_tail_keeps_credentials_to_itself():
    output = "one\n\nLooking in https://me:secret@example.invalid/simple\nlast\n"
    assert tail(output, 2) == ["Looking in https://***@example.invalid/simple", "last"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Collecting torch==2.13.0 (from -r requirements.lock (line 54))", "Collecting torch"),
        (
            "  Downloading https://a.invalid/b/rich-15.0.0-py3-none-any.whl",
            "Downloading rich",
        ),
        ("Installing collected packages: a, b", "Installing the packages"),
        ("Looking in indexes: https://example.invalid", "Working"),
    ],
)
def test_the_sign_of_life_names_the_package_only(line, said):
    assert activity(["Collecting earlier", line] if said != "Working" else [line]) == said


def test_pip_is_kept_to_the_environment():
    left = cleaned({"PIP_TARGET": "/elsewhere", "PYTHONPATH": "/x", "PIP_INDEX_URL": "y", "A": "b"})
    assert left == {"PIP_INDEX_URL": "y", "A": "b", "PIP_USER": "0", "PYTHONUNBUFFERED": "1"}
