"""The card that chats and wikis show beside a link: 1200 x 630 pixels."""

from __future__ import annotations

from datetime import date

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from framework_picker.exports.head import Head
from framework_picker.exports.pictures.sheet import (
    ACCENT,
    FAINT,
    INK,
    PAPER,
    PIXELS_PER_INCH,
    RULE,
    SOFT,
    STRONG,
    origin,
    shortened,
    width_px,
    write,
)
from framework_picker.exports.rows import Document, RankedRow, named, ranked_rows

CARD_PX = (1200, 630)
LEFT, RIGHT = 72, 1128
SHOWN = 4
"""The winner and three runners-up."""
BARS_LEFT, BARS_RIGHT = 420, 1030
TITLE_PX = 1056
LARGEST, SMALLEST = 60, 34


def card_picture(document: Document, head: Head) -> Figure:
    """The winner, three runners-up with their scores, how sure, and the day."""
    figure = _card()
    rows = ranked_rows(document)
    winners = named(document, document["ties"] or list(filter(None, [document["winner"]])))
    if not document["is_answered"]:
        headline = "Which web framework?"
    else:
        headline = " and ".join(winners) if winners else "Nobody meets every must-have"
    write(figure, LEFT, 92, shortened(head.heading, 64), size=27, color=SOFT)
    size = LARGEST
    while size > SMALLEST and width_px(headline, size, STRONG) > TITLE_PX:
        size -= 2
    write(figure, LEFT, 168, shortened(headline, 60), size=size, weight=STRONG)
    write(figure, LEFT, 218, shortened(document["sureness"], 88), size=24, color=SOFT)
    for place, row in enumerate(rows[:SHOWN]):
        _bar(figure, row, 290 + 64 * place)
    if not rows:
        write(
            figure,
            LEFT,
            320,
            f"{len(document['excluded'])} frameworks are excluded, each with its reason.",
            size=26,
        )
    write(figure, LEFT, 578, origin(document, head), size=19, color=FAINT)
    return figure


def front_card(frameworks: int, as_of: date) -> Figure:
    """The card of the app itself."""
    figure = _card()
    write(figure, LEFT, 120, "Framework Picker", size=30, color=ACCENT, weight=STRONG)
    write(figure, LEFT, 240, "Which web framework", size=72, weight=STRONG)
    write(figure, LEFT, 326, "for your Python project?", size=72, weight=STRONG)
    write(
        figure,
        LEFT,
        420,
        f"Answer a few questions: {frameworks} frameworks, ranked while you answer,",
        size=30,
        color=SOFT,
    )
    write(figure, LEFT, 464, "with reasons, how sure it is, and every source.", size=30, color=SOFT)
    write(figure, LEFT, 578, f"Data as of {as_of.isoformat()}", size=22, color=FAINT)
    return figure


def _card() -> Figure:
    width, height = CARD_PX
    figure = Figure(
        figsize=(width / PIXELS_PER_INCH, height / PIXELS_PER_INCH),
        dpi=PIXELS_PER_INCH,
        facecolor=PAPER,
    )
    _block(figure, 0, 0, width, 14, ACCENT)
    return figure


def _bar(figure: Figure, row: RankedRow, y: float) -> None:
    is_first = row.rank == 1
    write(figure, LEFT, y + 28, f"{row.rank}", size=26, color=FAINT)
    write(figure, LEFT + 48, y + 28, row.name, size=28, weight=STRONG if is_first else 400)
    width = (BARS_RIGHT - BARS_LEFT) * float(row.score) / 100
    _block(figure, BARS_LEFT, y + 4, BARS_RIGHT - BARS_LEFT, 30, RULE)
    _block(figure, BARS_LEFT, y + 4, width, 30, ACCENT if is_first else SOFT)
    write(
        figure,
        RIGHT,
        y + 28,
        row.score,
        size=28,
        color=INK,
        weight=STRONG,
        align="right",
    )


def _block(figure: Figure, x: float, y: float, width: float, height: float, color: str) -> None:
    """A filled rectangle; pixels from the top left corner."""
    whole_width, whole_height = CARD_PX
    figure.add_artist(
        Rectangle(
            (x / whole_width, 1 - (y + height) / whole_height),
            width / whole_width,
            height / whole_height,
            transform=figure.transFigure,
            color=color,
            linewidth=0,
        )
    )
