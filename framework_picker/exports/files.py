"""Every file that a decision can be exported to: name, what it is, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from framework_picker.exports.complete import decision_json
from framework_picker.exports.head import Head
from framework_picker.exports.markdown import markdown_table
from framework_picker.exports.record import decision_record
from framework_picker.exports.rows import Document
from framework_picker.exports.spreadsheet import csv_table

Maker = Callable[[Document, Head], bytes]

PICTURES = {
    "ranking": "The ranking",
    "waterfall": "Why not the runner-up",
    "versions": "100 plausible readings",
    "changes": "What would change it",
}
"""The pictures of the result, each as SVG and as PNG."""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file. ``label`` and ``purpose`` are for people, ``is_shown``: it is downloaded."""

    name: str
    label: str
    purpose: str
    media_type: str
    make: Maker
    is_download: bool = True


def _text(maker: Callable[[Document, Head], str]) -> Maker:
    return lambda document, head: maker(document, head).encode()


def _picture(name: str, ending: str) -> Maker:
    def make(document: Document, head: Head) -> bytes:
        # Matplotlib takes a while to import and is needed for pictures alone.
        from framework_picker.exports.pictures import of_result
        from framework_picker.exports.pictures.sheet import as_png, as_svg

        figure = of_result.PICTURES[name](document, head)
        if ending == "svg":
            return as_svg(figure, head.heading).encode()
        return as_png(figure, head.heading)

    return make


def _card(document: Document, head: Head) -> bytes:
    from framework_picker.exports.pictures.card import card_picture
    from framework_picker.exports.pictures.sheet import as_png

    return as_png(card_picture(document, head), head.heading, sharpness=1)


def _calendar(document: Document, head: Head) -> bytes:
    from framework_picker.exports.calendar import calendar

    return calendar(document, head)


FILES: dict[str, ExportFile] = {
    file.name: file
    for file in (
        ExportFile(
            "record.md",
            "Decision record",
            "Markdown (MADR), for the repository",
            "text/markdown; charset=utf-8",
            _text(decision_record),
        ),
        ExportFile(
            "table.md",
            "Table",
            "Markdown, for an issue or a wiki",
            "text/markdown; charset=utf-8",
            _text(markdown_table),
        ),
        ExportFile(
            "table.csv",
            "Spreadsheet",
            "CSV, every contribution in a column",
            "text/csv; charset=utf-8",
            _text(csv_table),
        ),
        ExportFile(
            "decision.json",
            "Everything",
            "JSON, computed again by the check command",
            "application/json",
            _text(decision_json),
        ),
        ExportFile(
            "dates.ics",
            "Dates",
            "Calendar: review and ends of support",
            "text/calendar; charset=utf-8",
            _calendar,
        ),
        ExportFile(
            "card.png",
            "Preview",
            "PNG, 1200 x 630",
            "image/png",
            _card,
            is_download=False,
        ),
        *(
            ExportFile(
                f"{name}.{ending}",
                label,
                ending.upper(),
                "image/svg+xml; charset=utf-8" if ending == "svg" else "image/png",
                _picture(name, ending),
            )
            for name, label in PICTURES.items()
            for ending in ("svg", "png")
        ),
    )
}
