"""Turn a resolution into the text of the lock files.

A package that every supported Python and system needs is pinned as it is. One that only some need
gets the marker that is true exactly there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = {
    ("linux", "x86_64"): ("manylinux_2_28_x86_64", "manylinux2014_x86_64"),
    ("linux", "aarch64"): ("manylinux_2_28_aarch64", "manylinux2014_aarch64"),
    ("darwin", "arm64"): ("macosx_14_0_arm64", "macosx_11_0_arm64"),
}
# PyTorch's usual Linux build names the GPU libraries that it was built with; pip finds them by its
# metadata, and the CPU build has none of them.
NEVER_LOCKED = ("cuda-", "nvidia-", "triton")
MARKERS = (
    'python_version >= "3.12"',
    'python_version >= "3.13"',
    'python_version < "3.12"',
    'python_version < "3.13"',
    'sys_platform == "linux"',
    'sys_platform == "darwin"',
    'platform_machine == "x86_64"',
    'platform_machine != "x86_64"',
)
HEADER = "# Written by `make lock` from pyproject.toml. Do not edit.\n"


class Target(NamedTuple):
    """A Python on a system that the lock serves."""

    python: str
    system: str
    machine: str

    @property
    def environment(self) -> dict[str, str]:
        """The values that markers are about."""
        return {
            "implementation_name": "cpython",
            "os_name": "posix",
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_system": self.system.capitalize(),
            "python_full_version": f"{self.python}.0",
            "python_version": self.python,
            "sys_platform": self.system,
        }

    @property
    def tags(self) -> tuple[str, ...]:
        """The names of the system in wheels."""
        return SYSTEMS[self.system, self.machine]


TARGETS = [Target(python, *system) for python, system in product(PYTHONS, SYSTEMS)]


class OneResolver(Protocol):
    """Finds a single package for another Python or system."""

    def resolve_one(
        self, requirement: str, python: str, tags: Sequence[str]
    ) -> list[dict[str, Any]]:
        """Return the metadata of what would be installed."""


@dataclass(frozen=True)
class Package:
    """A resolved package and what it needs."""

    version: str
    needs: tuple[Requirement, ...] = field(default=())


class Pins:
    """The resolved packages by their canonical names."""

    def __init__(self, metadata: Iterable[dict[str, Any]]) -> None:
        self._packages: dict[str, Package] = {}
        self._add(metadata)

    def complete(self, roots: Sequence[str], resolver: OneResolver) -> None:
        """Resolve what only other targets need, until nothing is missing anywhere."""
        for target in TARGETS:
            while missing := self._missing(roots, target):
                found = resolver.resolve_one(missing, target.python, target.tags)
                for entry in found:
                    _check_python(entry, target.python)
                self._add(found)

    def write(self, root: Path, runtime: Sequence[str], dev: Sequence[str]) -> int:
        """Write both files and return how many packages they pin."""
        product_lines = self._lines(runtime, without=set())
        product_names = set(product_lines)
        dev_lines = self._lines([*runtime, *dev], without=product_names)
        _write(root / "requirements.lock", HEADER, product_lines.values())
        opening = f"-r requirements.lock\n{HEADER}"
        _write(root / "requirements-dev.lock", opening, dev_lines.values())
        return len(product_lines) + len(dev_lines)

    def _add(self, metadata: Iterable[dict[str, Any]]) -> None:
        for entry in metadata:
            needs = tuple(Requirement(text) for text in entry.get("requires_dist", ()))
            version = Version(entry["version"]).public  # `+cpu` names a build, not a version
            self._packages[canonicalize_name(entry["name"])] = Package(version, needs)

    def _lines(self, roots: Sequence[str], *, without: set[str]) -> dict[str, str]:
        reached = {target: self._reach(roots, target) for target in TARGETS}
        names = sorted(set().union(*reached.values()) & set(self._packages) - without)
        return {
            name: self._line(name, {target for target in TARGETS if name in reached[target]})
            for name in names
        }

    def _line(self, name: str, where: set[Target]) -> str:
        pin = f"{name}=={self._packages[name].version}"
        return pin if len(where) == len(TARGETS) else f"{pin} ; {marker_for(name, where)}"

    def _missing(self, roots: Sequence[str], target: Target) -> str:
        for name, requirement in self._reach(roots, target).items():
            if name not in self._packages and not name.startswith(NEVER_LOCKED):
                return f"{name}{requirement.specifier}"
        return ""

    def _reach(self, roots: Sequence[str], target: Target) -> dict[str, Requirement]:
        """Follow the requirements that hold on a target, with the extras they ask for."""
        reached: dict[str, Requirement] = {}
        seen: set[tuple[str, str]] = set()
        waiting = [Requirement(root) for root in roots]
        while waiting:
            requirement = waiting.pop()
            name = canonicalize_name(requirement.name)
            reached.setdefault(name, requirement)
            for extra in {"", *requirement.extras}:
                if (name, extra) not in seen:
                    seen.add((name, extra))
                    waiting.extend(self._needs(name, extra, target))
        return reached

    def _needs(self, name: str, extra: str, target: Target) -> list[Requirement]:
        package = self._packages.get(name, Package(""))
        environment = target.environment | {"extra": extra}
        return [
            need
            for need in package.needs
            if need.marker is None or need.marker.evaluate(environment)
        ]


def _check_python(entry: dict[str, Any], python: str) -> None:
    wanted = entry.get("requires_python", "")
    if not SpecifierSet(wanted).contains(python):
        raise LookupError(f"{entry['name']} {entry['version']} wants Python {wanted}, not {python}")


def marker_for(name: str, where: set[Target]) -> str:
    """Find the marker that is true on exactly these targets."""
    pairs = (f"{one} and {other}" for one, other in product(MARKERS, MARKERS) if one < other)
    for marker in (*MARKERS, *pairs):
        holds = Requirement(f"{name} ; {marker}").marker
        if holds and {target for target in TARGETS if holds.evaluate(target.environment)} == where:
            return marker
    raise LookupError(f"no marker says where {name} is needed: add one to tools/pins.py")


def _write(path: Path, opening: str, lines: Iterable[str]) -> None:
    path.write_text(opening + "".join(f"{line}\n" for line in lines), encoding="utf-8")
