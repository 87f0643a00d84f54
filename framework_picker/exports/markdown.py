"""The ranking as a Markdown table, to paste into an issue or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from framework_picker.exports.head import Head, one_line
from framework_picker.exports.rows import Document, excluded_rows, ranked_rows

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_LIKE_A_BLOCK = re.compile(r"^(\d*)([-+=.)])(?=\s|$|[-=])")
"""How a line of text may begin like a list or a rule."""


def markdown_table(document: Document, head: Head) -> str:
    """The heading, the sentence, the ranking, who is excluded and why, and where it came from."""
    lines = [f"## {escaped(head.heading)}", "", escaped(document["sentence"]), ""]
    rows = ranked_rows(document)
    if rows:
        lines += table(
            ["Rank", "Framework", "Score of 100", "First in", "Verified", "Mark"],
            (
                [
                    str(row.rank),
                    row.name,
                    row.score,
                    row.first_of_hundred,
                    row.coverage,
                    row.mark,
                ]
                for row in rows
            ),
            right={0, 2, 4},
        )
        lines.append("")
    excluded = excluded_rows(document)
    if excluded:
        lines += table(["Excluded", "Why"], ([row.name, " ".join(row.reasons)] for row in excluded))
        lines.append("")
    lines.append(provenance(document, head))
    return "\n".join(lines) + "\n"


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: frozenset[int] | set[int] = frozenset(),
) -> list[str]:
    """The lines of a table; columns in ``right`` are set flush right."""
    return [
        _row([escaped(heading) for heading in headings]),
        _row(["---:" if place in right else "---" for place in range(len(headings))]),
        *(_row([escaped(cell) for cell in row]) for row in rows),
    ]


def provenance(document: Document, head: Head) -> str:
    """Where the numbers came from, in one line."""
    return (
        f"Framework Picker, {head.made_on.isoformat()}; data as of {document['data_as_of']}, "
        f"version {document['data_version']}; method {document['method_version']}: "
        f"<{head.address}>"
    )


def escaped(text: str) -> str:
    """Text on one line that Markdown shows as it is: never markup, never a new cell."""
    return _LIKE_A_BLOCK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
