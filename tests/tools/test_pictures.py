from pathlib import Path

from PIL import Image

from tests.repository.checkout import ROOT
from tools.pictures import main

NAMES = {
    "progress-dark.png",
    "progress-glance.png",
    "progress-light.png",
    "topic.png",
    "leaderboard.png",
    "interview.png",
}


def test_the_samples_are_written(tmp_path: Path):
    main(tmp_path / "pictures")

    assert {path.name for path in (tmp_path / "pictures").iterdir()} == NAMES


def test_the_pictures_of_the_documentation_are_small_and_of_today(tmp_path: Path):
    main(tmp_path)

    for name in NAMES:
        shown = ROOT / "docs" / "pictures" / name
        assert shown.stat().st_size < 150_000
        with Image.open(shown) as old, Image.open(tmp_path / name) as new:
            assert old.size == new.size
