"""``evaluate``: the ranking that follows from a file of answers, without a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from framework_picker.catalog.loader import load_data
from framework_picker.commands.reading import answers_of, read_text
from framework_picker.domain.engine import engine
from framework_picker.domain.replay import replay
from framework_picker.exports.rows import excluded_rows, ranked_rows

SHOWN_CHANGES = 3


def evaluation_text(name: str, data_folder: Path, *, as_json: bool) -> str:
    """What ``evaluate`` prints.

    Raises:
        InputError: the answers cannot be used.
        CatalogError: the data cannot be used.
    """
    text = read_text(name)
    loaded = load_data(data_folder)
    answers = answers_of(text, name, loaded.catalog)
    found = replay(loaded.catalog, loaded.table, engine(loaded.catalog, loaded.table), answers)
    if as_json:
        return json.dumps(found, indent=2, ensure_ascii=False)
    return "\n".join(_lines(found))


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    yield str(document["sentence"])
    yield from (str(detail) for detail in document["details"])
    if document["ranking"]:
        yield ""
        yield from _table(document)
    by_reasons: dict[tuple[str, ...], list[str]] = {}
    for row in excluded_rows(document):
        by_reasons.setdefault(row.reasons, []).append(row.name)
    if by_reasons:
        yield ""
        yield "Ruled out:"
        for reasons, names in by_reasons.items():
            yield f"  {', '.join(names)}: {' '.join(reasons)}"
    for title, entries in (
        ("What would bring somebody back:", document["relaxations"]),
        ("What would change the first place:", document["flips"][:SHOWN_CHANGES]),
    ):
        if entries:
            yield ""
            yield title
            yield from (f"  {entry['sentence']}" for entry in entries)
    yield ""
    if document["next_question"] and not document["settled"]:
        asked = document["next_question"]
        yield f"Answer next: {asked['text']} ({asked['question']})"
    if document["proof"]["sentence"]:
        yield document["proof"]["sentence"]
    yield (
        f"Data as of {document['data_as_of']}, version {document['data_version']}; "
        f"method {document['method_version']}."
    )


def _table(document: Mapping[str, Any]) -> Iterator[str]:
    rows = ranked_rows(document)
    width = max(len(row.name) for row in rows)
    first = max(len("first in"), *(len(row.first_of_hundred) for row in rows))
    yield f"{'rank':>4}  {'framework':<{width}}  score  {'first in':>{first}}  verified"
    for row in rows:
        mark = f"  {row.mark}" if row.mark else ""
        yield (
            f"{row.rank:>4}  {row.name:<{width}}  {row.score:>5}  "
            f"{row.first_of_hundred:>{first}}  {row.coverage:>8}{mark}"
        )
