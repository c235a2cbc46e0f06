import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.repository.checkout import pins, project, text
from tools.pins import NEVER_LOCKED

RUNTIME, DEV = "requirements.lock", "requirements-dev.lock"


def uncovered(dependencies, locked):
    """Name the dependencies that the lock does not pin to a version they allow."""
    faults = []
    for requirement in map(Requirement, dependencies):
        pin = locked.get(canonicalize_name(requirement.name))
        version = next((item.version for item in pin.specifier), "") if pin else ""
        if not version or not requirement.specifier.contains(version, prereleases=True):
            faults.append(f"{requirement} is locked as {pin}")
    return faults


def test_the_lock_covers_every_dependency():
    assert uncovered(project()["dependencies"], pins(RUNTIME)) == []


def test_the_dev_lock_covers_the_dev_extra():
    everything = pins(RUNTIME) | pins(DEV)
    assert uncovered(project()["optional-dependencies"]["dev"], everything) == []


@pytest.mark.parametrize("name", [RUNTIME, DEV])
def test_every_line_is_an_exact_public_version(name):
    for pin in pins(name).values():
        (specifier,) = pin.specifier
        assert specifier.operator == "==", pin
        assert "+" not in specifier.version, pin
        assert "*" not in specifier.version, pin
        assert pin.url is None, pin


@pytest.mark.parametrize("name", [RUNTIME, DEV])
def test_the_lines_are_sorted_and_single(name):
    lines = [line for line in text(name).splitlines() if "==" in line]
    names = [Requirement(line).name for line in lines]
    assert names == sorted(set(names))


def test_the_dev_lock_builds_on_the_runtime_lock():
    assert text(DEV).splitlines()[0] == f"-r {RUNTIME}"
    assert not pins(RUNTIME).keys() & pins(DEV).keys()


def test_torch_is_exact_and_brings_no_gpu_library():
    locked = pins(RUNTIME) | pins(DEV)
    assert str(locked["torch"]) == "torch==2.13.0"
    assert [name for name in locked if name.startswith(NEVER_LOCKED)] == []


def test_the_project_does_not_lock_itself():
    assert canonicalize_name(project()["name"]) not in pins(RUNTIME) | pins(DEV)


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_no_direct_dependency_is_left_out_for_a_supported_python(python):
    here = {"python_version": python, "python_full_version": f"{python}.0"}
    for requirement in map(Requirement, project()["dependencies"]):
        marker = pins(RUNTIME)[canonicalize_name(requirement.name)].marker or Marker(
            'python_version > "0"'
        )
        asked = requirement.marker or Marker('python_version > "0"')
        assert marker.evaluate(here) >= asked.evaluate(here), requirement
