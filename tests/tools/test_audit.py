"""What is said of the packages in the lock, and that silence is not taken for health."""

from tests.repository.checkout import text
from tools.audit import UNREACHABLE, judged, pins

SOUND = {"name": "numpy", "version": "2.4.0", "vulns": []}
UNKNOWN = {"name": "faiss-cpu", "skip_reason": "Dependency not found on PyPI"}
BAD = {
    "name": "pillow",
    "version": "11.0",
    "vulns": [{"id": "PYSEC-2026-7", "fix_versions": ["11.1", "12"]}],
}


def test_all_that_is_installed_is_asked_about():
    found = list(pins(text("requirements.lock"), text("pyproject.toml")))
    assert [each for each in found if each.startswith("torch==")]
    assert [each for each in found if each.startswith("cryptography==")]
    assert not [each for each in found if "--hash" in each or "\\" in each]
    assert len(found) > 100


def test_a_vulnerability_is_named_with_what_mends_it():
    status, lines = judged({"dependencies": [SOUND, BAD, UNKNOWN]})
    assert status == 1
    assert lines[0] == "pillow 11.0: PYSEC-2026-7, fixed in 11.1 or 12"
    assert lines[1] == "2 packages were audited; 1 with a known vulnerability."
    assert lines[2] == "Nothing is known of faiss-cpu."


def test_none_is_said_so():
    assert judged({"dependencies": [SOUND]})[0] == 0


def test_a_database_that_knows_nothing_is_no_good_news():
    assert judged({"dependencies": [UNKNOWN, UNKNOWN]}) == (2, [UNREACHABLE])
