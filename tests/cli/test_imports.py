import json
import subprocess
import sys

import pytest

from tests.cli.conftest import REPOSITORY

HEAVY = (
    "torch",
    "sentence_transformers",
    "transformers",
    "faiss",
    "sklearn",
    "scipy",
    "matplotlib",
    "PIL",
)


def loaded_after(code: str) -> set[str]:
    script = f"import json, sys\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, cwd=REPOSITORY, text=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    [
        "import bot, bot.__main__, bot.cli",
        "import bot.bootstrap.jobs, bot.platforms.terminal.repl, bot.storage.migrate",
        "import bot.pictures.painter, bot.pictures.render, bot.pictures.worker",
        "from bot.bootstrap.application import application_of\n"
        "from bot.bootstrap.settings import load_settings\n"
        "application_of(load_settings())",
        "from bot.bootstrap.grading import grading_of\n"
        "from bot.settings import Settings\n"
        "grading_of(Settings(nli_model='nowhere/nli'))",
    ],
    ids=["command line", "everything", "pictures", "wired", "with a second opinion"],
)
def test_no_model_library_is_loaded_before_the_model_is_needed(code: str):
    loaded = loaded_after(code)

    assert loaded.isdisjoint(HEAVY)
