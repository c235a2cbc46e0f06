"""A bank as one HTML file and as a PDF: the questions to practise with, then their answers."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.outline import OutlineSection
from markupsafe import Markup
from typing_extensions import override

from knowledge.bank import QuestionBank
from knowledge.publishing.pages import FOLDER, KINDS, LEVELS, bonus, environment, essential
from knowledge.question import Question, Topic

Chapters = Sequence[tuple[Topic, Sequence[Question]]]

FAMILY: Final = "DejaVu"
FONTS: Final = {
    "": "DejaVuSans.ttf",
    "B": "DejaVuSans-Bold.ttf",
    "I": "DejaVuSans-Oblique.ttf",
}
"""It knows Greek, mathematical signs and arrows, and comes with the library that draws pictures."""

Colour = tuple[int, int, int]
INK, SOFT, ACCENT, WRONG = (29, 37, 48), (86, 97, 112), (20, 87, 143), (155, 44, 32)
MARGIN: Final = 20.0
"""Millimetres on each side."""

BODY, SMALL, HEADING = 10.0, 8.5, 12.0
"""Sizes in points."""

LINE: Final = 1.45
"""The height of a line by the size of its letters."""

MM: Final = 25.4 / 72
"""Millimetres of a point."""

INDENT: Final = 5.0

ROOM: Final = 60.0
"""A question begins on a new page when less than this is left, in millimetres."""


def html_booklet(bank: QuestionBank) -> str:
    """Return a bank as one HTML file that refers to nothing outside of it."""
    style = (FOLDER / "assets" / "style.css").read_text(encoding="utf-8")
    page = environment().get_template("booklet.html")
    chapters = _chapters(bank)
    ours = Markup(style)  # noqa: S704 a file of ours
    return page.render(topics=chapters, count=len(bank), style=ours)


def pdf_booklet(bank: QuestionBank) -> bytes:
    """Return a bank as a PDF of A4 pages with contents, links and bookmarks."""
    chapters = _chapters(bank)
    booklet = _Booklet(f"{len(bank)} machine-learning interview questions")
    booklet.cover(chapters)
    for topic, questions in chapters:
        booklet.chapter(topic)
        for question in questions:
            booklet.question(question)
    return bytes(booklet.output())


def _chapters(bank: QuestionBank) -> Chapters:
    found = ((topic, bank.by_topic(topic.id)) for topic in bank.topics)
    return [(topic, questions) for topic, questions in found if questions]


def _font_folder() -> Path:
    """Return where the fonts lie; finding a package does not load it."""
    package = find_spec("matplotlib")
    assert package is not None  # noqa: S101 what draws pictures is a dependency
    assert package.origin is not None  # noqa: S101 it is a folder of modules
    return Path(package.origin).parent / "mpl-data" / "fonts" / "ttf"


class _Booklet(FPDF):
    """A PDF that knows how a question is set.

    Lines are broken here, with the width of a word measured once: the library measures a line anew
    with each of its letters, which takes ten times as long.
    """

    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        for style, file in FONTS.items():
            self.add_font(FAMILY, style, _font_folder() / file)
        self.set_margin(MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.set_title(title)
        self.set_lang("en")
        self._title = title
        self._chapter = ""
        self._widths: dict[tuple[str, float, str], float] = {}

    @override
    def footer(self) -> None:
        """Write the chapter and the number of the page below it."""
        if self.page_no() == 1:
            return
        self.set_y(-MARGIN + 5)
        self._ink(SOFT, SMALL)
        self.cell(0, 5, self._chapter)
        self.set_x(MARGIN)
        self.cell(0, 5, str(self.page_no()), align="R")

    def cover(self, chapters: Chapters) -> None:
        """Write the title page, and keep room for the contents behind it."""
        self.add_page()
        self.set_y(90)
        self._write(self._title, ACCENT, 28, "B", after=6)
        counted = sum(len(questions) for _, questions in chapters)
        told = f"{counted} questions on {len(chapters)} topics, with the answers that count."
        self._write(told, SOFT, 13, after=4)
        self._write("Answer aloud first. Then read, and see what you left out.", SOFT, 13)
        self.add_page()
        self._chapter = "Contents"
        self._write("Contents", ACCENT, 18, "B", after=4)
        self.insert_toc_placeholder(_contents, pages=self._pages_of_contents(chapters))

    def chapter(self, topic: Topic) -> None:
        """Begin a topic on a page of its own."""
        if self.get_y() > MARGIN + 1:
            self.add_page()
        self._chapter = topic.title
        self.start_section(topic.title)
        self._write(topic.title, ACCENT, 18, "B", after=2)
        self._write(topic.summary, SOFT, BODY + 1, after=4)

    def question(self, question: Question) -> None:
        """Write a question with its answer."""
        if self.will_page_break(ROOM):
            self.add_page()
        self.start_section(question.prompt, level=1)
        self._write(question.prompt, INK, HEADING, "B", after=1)
        level = f"{'●' * question.difficulty}{'○' * (5 - question.difficulty)}"
        told = f"{level}  {LEVELS[question.difficulty]} · {KINDS[question.kind]}"
        self._write(told, ACCENT, SMALL, after=2)
        self._write(question.reference_answers.full, INK, BODY, after=2)
        for point in essential(question):
            self._item("•", point.statement)
        for point in bonus(question):
            self._item("+", point.statement)
        self._item("✗", essential(question)[0].wrong[0], WRONG)
        self.ln(1)
        sources = "; ".join(f"{s.title}, {s.by}, {s.year}" for s in question.sources)
        self._write(sources, SOFT, SMALL - 1, "I", after=7)

    def entry(self, section: OutlineSection) -> None:
        """Write a line of the contents, which leads to its page."""
        top = section.level == 0
        self._ink(INK if top else SOFT, BODY if top else SMALL, "B" if top else "")
        height = _height(section.level)
        link = self.add_link(page=section.page_number)
        self.set_x(self.l_margin + (0 if top else INDENT))
        room = self.epw - (0 if top else INDENT) - 2 * INDENT
        first, *more = self._lines(section.name, room)
        self.cell(room, height, f"{first} …" if more else first, link=link)
        self.cell(0, height, str(section.page_number), align="R", link=link)
        self.ln(height)

    def _pages_of_contents(self, chapters: Chapters) -> int:
        """Return how many pages the contents take from here on: later pages are counted by it."""
        pages, y = 1, self.get_y()
        for _, questions in chapters:
            for level in (0, *(1 for _ in questions)):
                if y + _height(level) > self.page_break_trigger:
                    pages, y = pages + 1, self.t_margin
                y += _height(level)
        return pages

    def _ink(self, colour: Colour, size: float, style: str = "") -> None:
        self.set_font(FAMILY, style, size)
        self.set_text_color(*colour)

    def _write(
        self, text: str, colour: Colour, size: float, style: str = "", *, after: float = 0.0
    ) -> None:
        """Write a paragraph, and leave some millimetres below it."""
        self._ink(colour, size, style)
        for line in self._lines(text, self.epw):
            self.cell(0, size * LINE * MM, line, new_x="LMARGIN", new_y="NEXT")
        self.ln(after)

    def _item(self, mark: str, text: str, colour: Colour = INK) -> None:
        """Write an item of a list, its lines below each other."""
        self._ink(colour, BODY)
        for line in self._lines(text, self.epw - INDENT):
            self.cell(INDENT, BODY * LINE * MM, mark)
            self.cell(0, BODY * LINE * MM, line, new_x="LMARGIN", new_y="NEXT")
            mark = ""
        self.ln(1)

    def _lines(self, text: str, room: float) -> Iterator[str]:
        """Yield the lines of a text; a word that is wider than the page stands out of it."""
        space, used = self._width("n n") - 2 * self._width("n"), 0.0
        line: list[str] = []
        for word in text.split():
            width = self._width(word)
            if line and used + space + width > room - 2 * self.c_margin:
                yield " ".join(line)
                line, used = [], 0.0
            used += width + (space if line else 0.0)
            line.append(word)
        yield " ".join(line)

    def _width(self, word: str) -> float:
        key = (self.font_style, self.font_size_pt, word)
        if key not in self._widths:
            self._widths[key] = self.get_string_width(word)
        return self._widths[key]


def _height(level: int) -> float:
    """Return the height of a line of the contents in millimetres; topics stand apart."""
    return (SMALL if level else BODY + 4) * LINE * MM


def _contents(booklet: FPDF, sections: list[OutlineSection]) -> None:
    assert isinstance(booklet, _Booklet)  # noqa: S101 it is called for the one above
    for section in sections:
        booklet.entry(section)
