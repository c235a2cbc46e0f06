import re

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.repository.checkout import project, text

HASH = re.compile(r" *--hash=sha256:[0-9a-f]{64}")


def locked():
    """The pinned requirements by canonical name, each with its number of hashes."""
    found = {}
    for entry in re.split(r"(?<!\\)\n", text("requirements.lock")):
        if entry and entry[0] != "#":
            pin, *hashes = entry.split(" \\\n")
            assert all(map(HASH.fullmatch, hashes)), entry
            requirement = Requirement(pin)
            found[canonicalize_name(requirement.name)] = (requirement, len(hashes))
    return found


LOCKED = locked()
EXTRAS = project()["optional-dependencies"].values()
NEEDED = [Requirement(each) for each in sum(EXTRAS, project()["dependencies"])]


def test_the_lock_covers_every_dependency_but_pytorch():
    for needed in NEEDED:
        if needed.name != "torch":
            pin, _ = LOCKED[canonicalize_name(needed.name)]
            (specifier,) = pin.specifier
            assert needed.specifier.contains(specifier.version, prereleases=True), pin


def test_every_line_is_an_exact_public_version_with_hashes():
    for pin, hashes in LOCKED.values():
        (specifier,) = pin.specifier
        assert specifier.operator == "==", pin
        assert not set("+*") & set(specifier.version), pin
        assert pin.url is None, pin
        assert hashes, pin


def test_pytorch_is_left_to_its_exact_version_for_its_builds_differ():
    (pytorch,) = [needed for needed in NEEDED if needed.name == "torch"]
    (specifier,) = pytorch.specifier
    assert specifier.operator == "=="
    assert "torch" not in LOCKED


def test_the_project_does_not_lock_itself():
    assert canonicalize_name(project()["name"]) not in LOCKED


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_no_direct_dependency_is_left_out_for_a_supported_python(python):
    here = {"python_version": python, "python_full_version": f"{python}.0"}
    always = Marker('python_version > "0"')
    for needed in NEEDED:
        if needed.name != "torch":
            pin, _ = LOCKED[canonicalize_name(needed.name)]
            asked = (needed.marker or always).evaluate(here)
            assert (pin.marker or always).evaluate(here) >= asked, needed
