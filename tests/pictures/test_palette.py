import pytest

from bot.core.figures import Theme
from bot.pictures.palette import PALETTES, contrast


def test_contrast_is_the_ratio_of_the_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


@pytest.mark.parametrize("theme", Theme)
def test_every_lettering_is_readable(theme: Theme):
    colours = PALETTES[theme]
    grounds = (colours.page, colours.panel, colours.mine)
    lettering = ((text, ground) for text in (colours.ink, colours.muted) for ground in grounds)
    assert all(contrast(ink, ground) >= 4.5 for ink, ground in lettering)


@pytest.mark.parametrize("theme", Theme)
def test_bars_dots_and_squares_stand_out_from_their_panel(theme: Theme):
    colours = PALETTES[theme]

    for colour in (colours.accent, colours.second, *colours.heat):
        assert contrast(colour, colours.panel) >= 3


@pytest.mark.parametrize("theme", Theme)
def test_steps_of_the_calendar_differ_in_lightness(theme: Theme):
    few, some, many = PALETTES[theme].heat

    assert contrast(few, some) >= 1.7
    assert contrast(some, many) >= 1.7


@pytest.mark.parametrize("theme", Theme)
def test_a_picture_has_no_more_colours_than_a_palette_image_may(theme: Theme):
    shades = PALETTES[theme].shades(7)

    assert len(set(shades)) == len(shades) <= 256
