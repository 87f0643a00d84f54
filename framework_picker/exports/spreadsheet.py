"""The ranking as comma-separated values, every contribution in a column of its own."""

from __future__ import annotations

import csv
import io

from framework_picker.exports.head import Head
from framework_picker.exports.rows import Document

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Spreadsheet programs read a cell that begins so as a formula."""


def csv_table(document: Document, head: Head) -> str:
    """One line per framework: the ranked ones best first, then the excluded ones.

    Figures have the document's full digits; ``points:NAME`` columns sum to ``score``. Lines end as
    RFC 4180 wants them.
    """
    criteria = {weight["criterion"]: weight["name"] for weight in document["weights"]}
    columns = [
        "rank",
        "slug",
        "framework",
        "score",
        "first_share",
        "score_low",
        "score_high",
        "coverage",
        "unverified",
        "excluded_because",
        *(f"points:{name}" for name in criteria.values()),
        *(f"weight:{name}" for name in criteria.values()),
        "title",
        "made_on",
        "data_as_of",
        "data_version",
        "method_version",
        "address",
    ]
    about = {
        "title": head.heading,
        "made_on": head.made_on.isoformat(),
        "data_as_of": document["data_as_of"],
        "data_version": document["data_version"],
        "method_version": document["method_version"],
        "address": head.address,
        **{f"weight:{entry['name']}": entry["weight"] for entry in document["weights"]},
    }
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    for ranked in document["ranking"]:
        acceptability = ranked["acceptability"] or {}
        row = {
            "rank": ranked["rank"],
            "slug": ranked["slug"],
            "framework": ranked["name"],
            "score": ranked["score"],
            "first_share": acceptability.get("first", ""),
            "score_low": acceptability.get("score_low", ""),
            "score_high": acceptability.get("score_high", ""),
            "coverage": ranked["coverage"],
            "unverified": "; ".join(must["text"] for must in ranked["unverified"]),
            **{
                f"points:{criteria[part['criterion']]}": part["points"]
                for part in ranked["contributions"]
            },
            **about,
        }
        writer.writerow({name: _cell(value) for name, value in row.items()})
    for excluded in document["excluded"]:
        row = {
            "slug": excluded["slug"],
            "framework": excluded["name"],
            "excluded_because": " ".join(reason["sentence"] for reason in excluded["reasons"]),
            **about,
        }
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return text.getvalue()


def _cell(value: object) -> object:
    """The value, with an apostrophe before text that a spreadsheet would run."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
