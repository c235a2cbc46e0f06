"""How the rooms of the core lie on each other, beyond the rules that import-linter knows."""

from collections.abc import Mapping

import grimp
import pytest

CORE = "bot.core"


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    graph = grimp.build_graph("bot", cache_dir=None)  # what only type checkers read is in it too
    inside = {name for name in graph.modules if name.startswith(f"{CORE}.")}
    return {name: graph.find_modules_directly_imported_by(name) & inside for name in inside}


def circling(needs: Mapping[str, set[str]]) -> set[str]:
    """Return what is left when all that needs nothing more is taken away, again and again."""
    left = dict(needs)
    while free := [name for name, needed in left.items() if not needed & left.keys() - {name}]:
        for name in free:
            del left[name]
    return set(left)


def below(name: str, imports: Mapping[str, set[str]]) -> set[str]:
    """Return a module with all that it stands on."""
    found, waiting = set(), [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += imports[one]
    return found


def folder_of(name: str) -> str:
    parts = name.removeprefix(f"{CORE}.").split(".")
    return ".".join(parts) if parts[0] == "words" else parts[0]  # words is no feature


def folders(floor: set[str], imports: Mapping[str, set[str]]) -> dict[str, set[str]]:
    needs: dict[str, set[str]] = {}
    for name in floor:
        needed = {folder_of(each) for each in imports[name] & floor}
        needs.setdefault(folder_of(name), set()).update(needed)
    return needs


def test_what_is_in_a_circle_is_found():
    assert circling({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == {"a", "b", "c"}


def test_no_module_of_the_core_imports_itself_by_way_of_others(imports: dict[str, set[str]]):
    assert circling(imports) == set()


def test_no_folder_needs_itself_by_way_of_others_on_either_floor(imports: dict[str, set[str]]):
    lower = below(f"{CORE}.unit_of_work", imports)

    assert circling(folders(lower, imports)) == set()
    assert circling(folders(imports.keys() - lower, imports)) == set()
