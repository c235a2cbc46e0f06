from pathlib import Path

import pytest
import yaml

from knowledge.bank import QuestionBank
from knowledge.errors import InvalidBank
from knowledge.loader import load_bank
from tests.knowledge.folder import fields, text_of, write
from tests.repository.checkout import ROOT

TRACK = {
    "id": "tester",
    "title": "Tester",
    "summary": "Tests whether all of it holds.",
    "topics": {"evaluation": 3, "to-come": 2},
}


def folder(root: Path, *tracks: object) -> Path:
    write(root, {"evaluation/precision": text_of(fields())})
    (root / "tracks.yaml").write_text(yaml.safe_dump(list(tracks)), encoding="utf-8")
    return root


def test_a_track_has_the_topics_that_are_there(tmp_path: Path):
    later = {**TRACK, "id": "later", "title": "Later", "topics": {"to-come": 1}}

    (track,) = load_bank(folder(tmp_path, TRACK, later)).tracks
    assert track.topics == {"evaluation": 3}


def test_a_folder_without_tracks_has_none(tmp_path: Path):
    write(tmp_path, {"evaluation/precision": text_of(fields())})

    assert load_bank(tmp_path).tracks == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"topics": {}}, "topics"),
        ({"topics": {"evaluation": 9}}, "topics.evaluation"),
        ({"easiest": 4, "hardest": 2}, ""),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, change: dict[str, object], field: str):
    with pytest.raises(InvalidBank) as caught:
        load_bank(folder(tmp_path, {**TRACK, **change}))
    (fault,) = caught.value.faults
    assert fault.file == "tracks.yaml"
    assert field in fault.field


def test_the_shipped_tracks_name_topics_that_are_there_or_come(bank: QuestionBank):
    tracks = yaml.safe_load((ROOT / "knowledge" / "tracks.yaml").read_text(encoding="utf-8"))
    drafts = {each.name for each in (ROOT / "knowledge" / "drafts").glob("*/")}
    known = {topic.id for topic in bank.topics} | drafts

    assert {topic for track in tracks for topic in track["topics"]} <= known
    assert [track.id for track in bank.tracks] == [track["id"] for track in tracks]


def test_a_track_is_known_by_each_of_its_names_and_shares_none(bank: QuestionBank):
    names = [n for t in bank.tracks for n in {t.id, t.title.casefold(), *t.aliases}]

    assert len(names) == len(set(names))
    for track in bank.tracks:
        assert all(bank.track_named(name) is track for name in (track.title, *track.aliases))
