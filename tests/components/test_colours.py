"""The tokens of the stylesheet can be read: contrast as WCAG 2.2 counts it, light and dark.

https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio; text needs 4.5, the edge of a control 3.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "assets" / "styles.css"

TEXT = ("ink", "soft", "faint", "accent", "warn")
SURFACES = ("paper", "card")


def tokens(selector: str) -> dict[str, str]:
    """Colours by token name, of one block of the stylesheet."""
    block = re.search(re.escape(selector) + r" \{(.*?)\}", STYLES.read_text(), re.DOTALL)
    assert block is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [":root", ".dark"])
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", TEXT)
def test_text_can_be_read(theme: str, surface: str, text: str) -> None:
    colours = tokens(theme)

    assert contrast(colours[text], colours[surface]) >= 4.5


@pytest.mark.parametrize("theme", [":root", ".dark"])
@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("warn", "warn-soft"),
        ("accent", "accent-soft"),
        ("soft", "accent-soft"),
        ("ink", "accent-soft"),
    ],
)
def test_text_on_a_tinted_surface_can_be_read(theme: str, text: str, surface: str) -> None:
    colours = tokens(theme)

    assert contrast(colours[text], colours[surface]) >= 4.5


@pytest.mark.parametrize("theme", [":root", ".dark"])
@pytest.mark.parametrize("surface", SURFACES)
def test_the_edge_of_a_control_can_be_seen(theme: str, surface: str) -> None:
    colours = tokens(theme)

    assert contrast(colours["edge"], colours[surface]) >= 3


def test_light_and_dark_define_the_same_tokens() -> None:
    assert set(tokens(":root")) == set(tokens(".dark"))
