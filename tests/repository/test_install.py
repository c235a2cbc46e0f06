import os
import shutil
import subprocess

import pytest

from tests.repository.checkout import ROOT

UV_LOCKED = "uv==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
LOCK = f"a==1 \\\n    --hash=sha256:aa\n{UV_LOCKED}z==3 \\\n    --hash=sha256:dd\n"
NAMES = ("python3", "python3.13", "python3.12", "python3.11")
# It answers and makes what a real one does, as far as the script asks, and notes what it was told.
PYTHON = """
case "$*" in
-V) echo "Python $VERSION" ;;
"-I -c "*) echo "$BASE" ;;
"-m venv .venv")
    echo venv >>done
    mkdir .venv .venv/bin
    touch .venv/pyvenv.cfg
    cp "$0" .venv/bin/python ;;
*"pip config list") echo "$PIP_SAYS" ;;
*"pip install"*)
    cat >locked
    ${PIP_FAILS:+exit 1}
    cp ../uv .venv/bin/uv ;;
esac
"""
UV = """
echo uv >>done
cat >>done
echo "$UV_FIND_LINKS; $UV_DEFAULT_INDEX; $*" >asked
${UV_FAILS:+exit 1}
"""


def program(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def a_python(path, version):
    """Put a Python there; its copies know what they are made from."""
    program(path, f"BASE='{path}' VERSION={version}\n{PYTHON}")


@pytest.fixture
def checkout(tmp_path):
    """A checkout whose name has a space, and beside it a folder of Pythons that comes first."""
    folder = tmp_path / "a checkout"
    (folder / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools/install", folder / "tools")
    (folder / "requirements.lock").write_text(LOCK)
    (folder / "pyproject.toml").touch()
    (tmp_path / "pythons").mkdir()
    for name in NAMES:
        program(tmp_path / "pythons" / name, "exit 1")
    a_python(tmp_path / "pythons/python3.12", "3.12.1")
    program(tmp_path / "uv", UV)
    return folder


def install(checkout, *arguments, **variables):
    """Run the script; return how it ended and which steps it took."""
    (checkout / "done").write_text("")
    path = f"{checkout.parent / 'pythons'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", checkout / "tools/install", *arguments],
        env={"PATH": path, **variables},
        input="an answer",
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.stdout == ""
    return done, (checkout / "done").read_text().split()


def steps(checkout, *arguments, **variables):
    done, taken = install(checkout, *arguments, **variables)
    assert done.returncode == 0, done.stderr
    return taken


def refusal(checkout, *arguments, **variables):
    done, _ = install(checkout, *arguments, **variables)
    assert done.returncode == 1
    return done.stderr.splitlines()[-1]


def test_the_first_run_builds_and_the_second_does_nothing(checkout):
    assert steps(checkout) == ["venv", "uv"]
    for name in ("requirements.lock", "pyproject.toml"):
        os.utime(checkout / name, (0, 0))
    assert steps(checkout) == []


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_change_updates_without_building_anew(checkout, name):
    steps(checkout)
    (checkout / name).write_text("another")
    assert steps(checkout) == ["uv"]
    assert steps(checkout) == []


def test_pip_brings_nothing_but_uv_with_its_hashes(checkout):
    steps(checkout)
    assert (checkout / "locked").read_text() == UV_LOCKED


def test_uv_looks_where_pip_looks_and_takes_the_index_of_cpu_builds(checkout):
    says = ":env:.find-links='/a /b'\nglobal.extra-index-url='x'\nglobal.index-url='file:///mirror'"
    steps(checkout, PIP_SAYS=says, TORCH_INDEX="file:///cpu builds")
    asked = (checkout / "asked").read_text()
    assert asked.startswith("/a,/b; file:///mirror; pip install")
    assert "--index file:///cpu builds --index-strategy" in asked


def test_what_uv_is_told_itself_comes_first(checkout):
    steps(checkout, PIP_SAYS="global.find-links='/a'", UV_FIND_LINKS="/mine")
    assert (checkout / "asked").read_text().startswith("/mine; ; pip install")


def test_a_failed_install_is_begun_anew(checkout):
    assert "uv cannot install the packages" in refusal(checkout, UV_FAILS="yes")
    assert steps(checkout) == ["venv", "uv"]


def test_a_failed_update_is_tried_again_and_can_be_taken_back(checkout):
    steps(checkout)
    (checkout / "requirements.lock").write_text("another")
    assert "uv cannot install the packages" in refusal(checkout, UV_FAILS="yes")
    (checkout / "requirements.lock").write_text(LOCK)
    assert steps(checkout) == []


def test_without_network_for_pip(checkout):
    assert "check the network" in refusal(checkout, PIP_FAILS="yes")


def test_a_missing_lock_is_named(checkout):
    (checkout / "requirements.lock").unlink()
    assert "requirements.lock" in refusal(checkout)


def test_a_moved_checkout_builds_anew(checkout):
    steps(checkout)
    assert steps(checkout.rename(checkout.with_name("moved"))) == ["venv", "uv"]


def test_a_python_that_is_gone_builds_anew(checkout):
    steps(checkout)
    (checkout / ".venv/bin/python").unlink()
    assert steps(checkout) == ["venv", "uv"]


def test_another_python_builds_anew_and_is_kept(checkout):
    steps(checkout)
    a_python(checkout.parent / "other python", "3.13.0")
    assert steps(checkout, "../other python") == ["venv", "uv"]
    assert steps(checkout, "../other python") == []
    assert steps(checkout) == []


def test_a_folder_that_is_no_environment_is_left_alone(checkout):
    (checkout / ".venv").mkdir()
    (checkout / ".venv/letters.txt").write_text("dear")
    assert "move it away" in refusal(checkout)
    assert (checkout / ".venv/letters.txt").read_text() == "dear"


def test_a_link_is_removed_and_not_what_it_leads_to(checkout, tmp_path):
    (tmp_path / "kept").mkdir()
    (checkout / ".venv").symlink_to(tmp_path / "kept")
    assert steps(checkout) == ["venv", "uv"]
    assert (tmp_path / "kept").is_dir()


def test_no_python_fits(checkout):
    program(checkout.parent / "pythons/python3.12", "exit 1")
    message = refusal(checkout)
    assert "no Python 3.11, 3.12 or 3.13" in message
    assert "PYTHON=" in message


def test_a_given_python_is_the_only_candidate(checkout):
    assert "(tried: nowhere)" in refusal(checkout, "nowhere")
