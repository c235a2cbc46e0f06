"""The conversation in the README is one that takes place."""

import os
import re
import subprocess
import sys

import pytest

from tests.repository.checkout import ROOT, text

(SHOWN,) = re.findall(r"^```text\n(› .*?)^```", text("README.md"), re.MULTILINE | re.DOTALL)


def turns(conversation):
    """What is typed, each with the lines that are shown of the reply."""
    for turn in conversation.removeprefix("› ").split("\n› "):
        typed, *lines = turn.splitlines()
        yield typed, lines


def missing(lines, said):
    """The first line that does not follow those before it; `…` stands for any others."""
    said = iter(said)
    skipping = True  # what was said before the first turn
    for line in lines:
        if line == "…":
            skipping = True
        elif skipping:
            if line not in said:
                return line
            skipping = False
        elif next(said, None) != line:
            return line
    return None


@pytest.mark.parametrize(
    ("lines", "first"),
    [(["b", "…", "d"], None), (["a", "c"], "c"), (["d", "…", "b"], "b"), (["a", "b", "…"], None)],
)
def test_a_line_is_missed_unless_it_follows(lines, first):
    assert missing(lines, ["a", "b", "c", "d"]) == first


@pytest.mark.slow
def test_the_coach_says_what_the_readme_shows(tmp_path, vector_cache):
    typed = "".join(f"{line}\n" for line, _ in turns(SHOWN))
    variables = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        cwd=ROOT,
        env={**variables, "COACH_HOME": str(tmp_path), "COACH_CACHE": str(vector_cache)},
        input=typed,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )

    said = [line for line in done.stdout.splitlines() if line]
    shown = [line for _, lines in turns(SHOWN) for line in lines]
    assert missing(shown, said) is None
