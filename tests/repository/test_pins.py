import pytest

from tools.pins import TARGETS, Pins, marker_for


def metadata(name, version="1", *needs):
    return {"name": name, "version": version, "requires_dist": list(needs)}


class Index:
    """Offers packages to every target and remembers which were asked for."""

    def __init__(self, *offered):
        self._offered = {entry["name"]: entry for entry in offered}
        self.asked = []

    def resolve_one(self, requirement, python, tags):
        assert tags
        self.asked.append((requirement, python))
        return [self._offered[requirement.split(">")[0]]]


def written(pins, folder, runtime, dev=()):
    pins.write(folder, runtime, dev)
    return [
        [line for line in (folder / name).read_text().splitlines() if "==" in line]
        for name in ("requirements.lock", "requirements-dev.lock")
    ]


def test_runtime_and_dev_are_told_apart(tmp_path):
    pins = Pins([metadata("app", "2", "Lib_A"), metadata("lib-a"), metadata("tool", "3", "lib-a")])
    assert written(pins, tmp_path, ["app"], ["tool"]) == [["app==2", "lib-a==1"], ["tool==3"]]


def test_a_local_build_is_pinned_by_its_public_version(tmp_path):
    assert written(Pins([metadata("torch", "2.13.0+cpu")]), tmp_path, ["torch"])[0] == [
        "torch==2.13.0"
    ]


def test_an_extra_is_followed_only_when_asked_for(tmp_path):
    entries = [metadata("app", "1", 'more ; extra == "x"', 'less ; extra == "y"')]
    pins = Pins([*entries, metadata("more"), metadata("less")])
    assert written(pins, tmp_path, ["app[x]"])[0] == ["app==1", "more==1"]


def test_what_a_newer_python_needs_is_found_and_marked(tmp_path):
    pins = Pins([metadata("app", "1", 'lts>=1 ; python_version >= "3.13"')])
    index = Index(metadata("lts", "2", "deep"), metadata("deep"))
    pins.complete(["app"], index)
    assert index.asked == [("lts>=1", "3.13"), ("deep", "3.13")]
    assert written(pins, tmp_path, ["app"])[0] == [
        "app==1",
        'deep==1 ; python_version >= "3.13"',
        'lts==2 ; python_version >= "3.13"',
    ]


def test_gpu_libraries_are_neither_asked_for_nor_locked(tmp_path):
    pins = Pins([metadata("torch", "1", 'nvidia-nccl ; platform_system == "Linux"', "triton")])
    index = Index()
    pins.complete(["torch"], index)
    assert index.asked == []
    assert written(pins, tmp_path, ["torch"])[0] == ["torch==1"]


def test_two_conditions_can_be_combined():
    where = {target for target in TARGETS if target.python == "3.13" and target.system == "linux"}
    assert marker_for("x", where) == 'python_version >= "3.13" and sys_platform == "linux"'


def test_an_unknown_pattern_is_refused():
    with pytest.raises(LookupError, match="no marker says where x is needed"):
        marker_for("x", {TARGETS[0], TARGETS[-1]})
