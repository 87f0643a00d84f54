"""A chart of the benchmarks as comma-separated values: every sample on a line of its own.

Title, date and source stand on every line, so that a line stays true wherever it is pasted.
"""

from __future__ import annotations

import csv
import io

from framework_picker.domain.benchmark_charts import Chart
from framework_picker.exports.spreadsheet import FORMULA_STARTS

COLUMNS = (
    "chart",
    "name",
    "slug",
    "version_or_server",
    "place",
    "value",
    "unit",
    "median",
    "valid_samples",
    "rejected_samples",
    "ratio_to_bare_server",
    "remarks",
    "grade",
    "setting",
    "date",
    "source",
    "address",
)


def benchmark_csv(chart: Chart, address: str) -> str:
    """One line per figure that the chart draws, with everything needed to quote it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for row in chart.rows:
        for value in row.numbers:
            cells = {
                "chart": chart.title,
                "name": row.label,
                "slug": row.slug,
                "version_or_server": row.detail,
                "place": row.place or "",
                "value": f"{value:.6g}",
                "unit": chart.metric.unit,
                "median": f"{row.value:.6g}",
                "valid_samples": row.count,
                "rejected_samples": row.rejected,
                "ratio_to_bare_server": row.ratio,
                "remarks": "; ".join(filter(None, (row.remarks, row.reasons))),
                "grade": row.grade,
                "setting": chart.subtitle,
                "date": chart.on,
                "source": "; ".join([chart.source, *(one.text for one in row.sources)]),
                "address": address,
            }
            writer.writerow({name: _cell(cell) for name, cell in cells.items()})
    return text.getvalue()


def _cell(cell: str | int) -> str | int:
    """The cell so that no spreadsheet program takes a text for a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
