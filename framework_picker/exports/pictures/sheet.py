"""A sheet of paper for a picture: title, what it shows, and at its foot date, data and address.

Drawn with Matplotlib, which makes the same figure into SVG (text stays text) and PNG, in this
process, with the app's own font and without asking anybody.
"""

from __future__ import annotations

import io
import logging
import threading
import warnings
from pathlib import Path
from textwrap import wrap

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath

from framework_picker.exports.head import Head, one_line
from framework_picker.exports.rows import Document

FONTS = Path(__file__).resolve().parent.parent / "fonts"
FAMILIES = ["Inter", "DejaVu Sans"]
"""DejaVu comes with Matplotlib and has the letters of most scripts."""
REGULAR, STRONG = 400, 650

PAPER, INK, SOFT, FAINT, RULE = "#ffffff", "#1b1b19", "#5a5953", "#706e67", "#e6e3db"
ACCENT, BAND, WARN = "#1d4f91", "#e8eef6", "#8a4b08"
GROUPS = ("#2f6db5", "#e0912f", "#2a9d7c", "#b5649b", "#7a8794")
"""The colours of the five groups of criteria, as in assets/styles.css (light)."""

WIDTH_PX = 960
PIXELS_PER_INCH = 100
SHARPNESS = 2
"""PNG pixels per picture pixel, so that it is sharp on a phone and on paper."""
MARGIN_PX = 40
HEAD_PX = 96
FOOT_PX = 62
TITLE_LETTERS = 84
SUBTITLE_LETTERS = 130

# A title may have a letter that no font has: it is drawn as a box, and no reason to write a line
# to the log each time.
warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

for _font in sorted(FONTS.glob("*.ttf")):
    font_manager.fontManager.addfont(str(_font))

_drawing = threading.Lock()
"""Matplotlib's font tables and settings belong to the whole process."""


def sheet(title: str, subtitle: str, document: Document, head: Head, *, body_px: int) -> Figure:
    """An empty sheet with ``body_px`` of room between head and foot."""
    height_px = HEAD_PX + body_px + FOOT_PX
    figure = Figure(
        figsize=(WIDTH_PX / PIXELS_PER_INCH, height_px / PIXELS_PER_INCH),
        dpi=PIXELS_PER_INCH,
        facecolor=PAPER,
    )
    write(figure, MARGIN_PX, 40, shortened(title, TITLE_LETTERS), size=19, weight=STRONG)
    for line, text in enumerate(wrap(one_line(subtitle), SUBTITLE_LETTERS)[:2]):
        write(figure, MARGIN_PX, 64 + 18 * line, text, size=13, color=SOFT)
    y = height_px - 34
    write(figure, MARGIN_PX, y, origin(document, head), size=11, color=FAINT)
    write(figure, MARGIN_PX, y + 17, shortened(head.address, 150), size=11, color=FAINT)
    return figure


def plot_area(figure: Figure, *, left_px: float, right_px: float) -> Axes:
    """Axes over the body of a sheet, in pixels: x from the left edge, y downwards from the head."""
    width, height = sizes_px(figure)
    body = height - HEAD_PX - FOOT_PX
    axes = figure.add_axes(
        (left_px / width, FOOT_PX / height, (width - left_px - right_px) / width, body / height)
    )
    axes.set_ylim(body, 0)
    axes.axis("off")
    return axes


def sizes_px(figure: Figure) -> tuple[float, float]:
    """Width and height of a figure in picture pixels."""
    width, height = figure.get_size_inches()
    return float(width) * PIXELS_PER_INCH, float(height) * PIXELS_PER_INCH


def write(
    figure: Figure,
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    color: str = INK,
    weight: int = REGULAR,
    align: str = "left",
) -> None:
    """Text on the sheet; x and y in pixels from the top left corner, y at the baseline."""
    width, height = sizes_px(figure)
    figure.text(
        x / width,
        1 - y / height,
        plain(text),
        fontsize=points(size),
        color=color,
        family=FAMILIES,
        fontweight=weight,
        horizontalalignment=align,
        verticalalignment="baseline",
    )


def label(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = 13,
    color: str = INK,
    weight: int = REGULAR,
    align: str = "left",
) -> None:
    """Text at a place of a picture's axes, its middle at ``y``."""
    axes.text(
        x,
        y,
        plain(text),
        fontsize=points(size),
        color=color,
        family=FAMILIES,
        fontweight=weight,
        horizontalalignment=align,
        verticalalignment="center_baseline",
    )


def width_px(text: str, size: float, weight: int = REGULAR) -> float:
    """How wide a text is on the sheet, without spaces at its ends."""
    font = font_manager.FontProperties(family=FAMILIES, weight=weight, size=size)
    return float(TextPath((0, 0), plain(text), prop=font, size=size).get_extents().width)


def as_svg(figure: Figure, title: str) -> str:
    """The figure as SVG; the same figure gives the same text."""
    text = io.StringIO()
    with _drawing, matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "picker"}):
        figure.savefig(text, format="svg", metadata={"Date": None, "Title": plain(title)})
    return text.getvalue()


def as_png(figure: Figure, title: str, *, sharpness: float = SHARPNESS) -> bytes:
    """The figure as PNG, ``sharpness`` times as many pixels as the sheet has."""
    image = io.BytesIO()
    with _drawing:
        figure.savefig(
            image,
            format="png",
            dpi=PIXELS_PER_INCH * sharpness,
            metadata={"Title": plain(title), "Software": "Framework Picker"},
        )
    return image.getvalue()


def origin(document: Document, head: Head) -> str:
    """Who made the picture, when, and from which data."""
    return (
        f"Framework Picker, {head.made_on.isoformat()} · data as of {document['data_as_of']}, "
        f"version {document['data_version']} · method {document['method_version']}"
    )


def points(pixels: float) -> float:
    """A font size in points; there are 72 to the inch."""
    return pixels * 72 / PIXELS_PER_INCH


def plain(text: str) -> str:
    """Text on one line; a dollar sign is no formula here."""
    return one_line(text).replace("$", r"\$")


def shortened(text: str, most: int) -> str:
    """The text, cut with an ellipsis where it is longer than ``most`` letters."""
    text = one_line(text)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
