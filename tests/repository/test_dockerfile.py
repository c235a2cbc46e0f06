import json
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.repository.checkout import ROOT, dockerfile, project, text, unknown_settings


def instructions(name):
    return [arguments for instruction, arguments in dockerfile() if instruction == name]


def copied():
    """What comes from the checkout; a copy from the other stage does not."""
    sources = []
    for arguments in instructions("COPY"):
        if not arguments.startswith("--from"):
            sources += arguments.split()[:-1]
    return sources


@pytest.mark.parametrize("source", copied())
def test_what_is_copied_exists(source):
    assert (ROOT / source).exists()


@pytest.mark.parametrize("source", copied())
def test_what_is_copied_is_sent_to_the_builder(source):
    assert f"!{source}" in text(".dockerignore").splitlines()


def test_nothing_else_is_sent_to_the_builder():
    lines = [line for line in text(".dockerignore").splitlines() if not line.startswith("#")]
    assert lines[0] == "*"
    assert sorted(line[1:] for line in lines if line.startswith("!")) == sorted(copied())


def test_every_package_of_the_project_is_copied():
    packages = re.search(r'^packages = \["bot".*\]$', text("pyproject.toml"), re.MULTILINE)
    assert packages is not None
    assert set(re.findall(r'"(\w+)"', packages.group())) <= set(copied())


def test_the_locked_dependencies_come_before_the_source():
    assert copied()[:2] == ["requirements.lock", "pyproject.toml"]
    first, last = (command for command in instructions("RUN") if "uv pip install" in command)
    assert "--constraints requirements.lock --extra postgres -r pyproject.toml" in first
    assert last.endswith("--no-deps .")


def test_it_takes_uv_and_the_index_of_cpu_builds_as_the_install_does():
    first = next(command for command in instructions("RUN") if "uv pip install" in command)
    for words in ("'/^uv==/, !/\\\\$/'", "--index-strategy unsafe-best-match", "--require-hashes"):
        assert words in first
        assert words in text("tools/install")


def test_the_entry_point_is_the_console_script():
    (entry,) = instructions("ENTRYPOINT")
    assert json.loads(entry) == list(project()["scripts"])


def test_the_image_runs_as_somebody_and_keeps_data_in_the_volume():
    (user,) = instructions("USER")
    assert user not in {"root", "0"}
    (volume,) = instructions("VOLUME")
    settings = instructions("ENV")[-1].split()
    assert f"COACH_HOME={volume}" in settings
    assert "HF_HUB_OFFLINE=1" in settings


def test_every_setting_that_it_names_is_one():
    assert unknown_settings(text("Dockerfile")) == set()


def test_it_is_compiled_before_nothing_can_be_written():
    assert "UV_COMPILE_BYTECODE=1" in instructions("ENV")[0].split()
    assert "PYTHONDONTWRITEBYTECODE=1" in instructions("ENV")[-1].split()


@pytest.mark.parametrize(
    ("command", "answers", "healthy"),
    [
        ("coach run", 200, True),
        ("coach run", 503, False),
        ("coach run", None, False),
        ("docker-init -- coach run", None, False),
        ("coach chat", None, True),
    ],
)
def test_the_health_check_asks_the_health_page_of_what_serves(tmp_path, command, answers, healthy):
    (check,) = instructions("HEALTHCHECK")
    script = check.partition("CMD ")[2].replace("/proc/1/cmdline", str(tmp_path / "cmdline"))
    (tmp_path / "cmdline").write_text("\0".join(command.split()) + "\0")
    with health_page(answers) as port:
        ran = subprocess.run(
            ["sh", "-c", script],
            env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "COACH_WATCH__PORT": port},
            capture_output=True,
            timeout=30,
            check=False,
        )

    assert (ran.returncode == 0) is healthy


def test_the_health_check_is_content_where_nobody_watches():
    (check,) = instructions("HEALTHCHECK")
    script = check.partition("CMD ")[2].replace("grep -qzx run /proc/1/cmdline", "true")

    assert subprocess.run(["sh", "-c", script], env={}, check=False).returncode == 0


@contextmanager
def health_page(status):
    """Answer a question after health with a status, or not at all; yield the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        port = str(server.server_address[1])
        if status is None:
            server.server_close()
            yield port
            return
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield port
        server.shutdown()
        thread.join()


def test_the_last_stage_starts_from_the_same_slim_python():
    stages = [arguments.split()[0] for arguments in instructions("FROM")]
    assert stages == ["python:3.11-slim"] * 2
    last = [name for name, _ in dockerfile()][::-1].index("FROM")
    final = dockerfile()[-last:]
    assert not [text for name, text in final if name == "RUN" and ("apt" in text or "pip" in text)]
