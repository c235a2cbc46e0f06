"""Pictures for the documentation: python -m tests.knowledge.publishing.show docs/pictures.

They show the site as a browser does, on a phone and at a desk, and pages of the booklet; the pages
need `pip install pypdfium2`.
"""

import sys
import tempfile
from pathlib import Path

from PIL import Image

from knowledge.loader import load_bank
from knowledge.publishing.booklet import pdf_booklet
from knowledge.publishing.site import write_site
from tests.browser import Browser

QUESTION = "questions/monitoring/concept-drift.html"
OPENED = "[...document.querySelectorAll('details')].slice(0, 2).forEach(e => { e.open = true; })"
PAGES = (0, 1, 2)
COLOURS = 64
"""As many as such pictures need: they stay small."""


def main(folder: Path) -> None:
    """Write the pictures into a folder."""
    bank = load_bank()
    with tempfile.TemporaryDirectory() as home:
        site, browser = Path(home) / "site", Browser(Path(home) / "profile")
        write_site(bank, site)
        for name, page, size, scheme in (
            ("site-phone", QUESTION, (360, 740), "dark"),
            ("site-desk", "index.html", (1000, 640), "light"),
        ):
            browser.show_as(*size, scheme)
            browser.open(site / page)
            browser.run(OPENED)
            (Path(home) / f"{name}.png").write_bytes(browser.picture())
            _save(Image.open(Path(home) / f"{name}.png"), folder / f"{name}.png")
        browser.close()
    _booklet(pdf_booklet(bank), folder / "booklet.png")


def _booklet(data: bytes, path: Path) -> None:
    """Write some pages beside each other."""
    import pypdfium2

    pages = [pypdfium2.PdfDocument(data)[page].render(scale=0.8).to_pil() for page in PAGES]
    width, height = pages[0].size
    sheet = Image.new("RGB", (len(pages) * (width + 8) - 8, height), "#888")
    for place, page in enumerate(pages):
        sheet.paste(page, (place * (width + 8), 0))
    _save(sheet, path)


def _save(picture: Image.Image, path: Path) -> None:
    picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
