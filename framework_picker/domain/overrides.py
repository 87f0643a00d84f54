"""Values that the visitor puts in place of ours, in their own decision.

Such an answer is called ``value.<framework>.<criterion>``; it holds a whole number from 0 to 100,
perhaps followed by ``~`` and a reason: ``80~our team knows Django``. The value counts as known and
certain: nobody knows better than the visitor what they meant. The catalog never changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

import pandas as pd

from framework_picker.domain.errors import OverrideError
from framework_picker.domain.model import Catalog
from framework_picker.domain.values import CriterionValue, ValueTable

VALUE = "value."
REASON_MARK = "~"

MOST_OVERRIDES = 40
LONGEST_REASON = 140
LONGEST_REASONS_IN_LINK = 4_500
"""Characters that all reasons together may take in a link, so that servers and mails accept it."""

_WHOLE_NUMBER = re.compile(r"[0-9]{1,3}", re.ASCII)
# They join letters and signs in many scripts, and draw nothing themselves.
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Override:
    """One value of the visitor's own; ``reason`` is empty when none was given."""

    slug: str
    criterion: str
    value: float
    reason: str = ""


def override_id(slug: str, criterion: str) -> str:
    """The name of the answer that replaces a value."""
    return f"{VALUE}{slug}.{criterion}"


def overridden_cell(catalog: Catalog, name: str) -> tuple[str, str] | None:
    """The framework and the criterion an answer's name speaks of; None when there are none such.

    Only what can be ranked has values to replace.
    """
    slug, dot, criterion = name.removeprefix(VALUE).partition(".")
    if not name.startswith(VALUE) or not dot or criterion not in catalog.criteria:
        return None
    found = catalog.alternatives.get(slug)
    return (slug, criterion) if found and found.role in ("candidate", "addon") else None


def canonical_override(text: str) -> str:
    """The answer as we write it.

    Raises:
        OverrideError: as in ``override_answer``.
    """
    number, _, reason = text.partition(REASON_MARK)
    return override_answer(number, reason)


def override_answer(value: str, reason: str = "") -> str:
    """The answer that replaces a value: the number without leading zeros, the reason in one line.

    Raises:
        OverrideError: no whole number from 0 to 100, or a reason that is too long or holds
            control characters; the sentence says which.
    """
    number, line = value.strip(), _one_line(reason)
    if not _WHOLE_NUMBER.fullmatch(number) or int(number) > 100:
        raise OverrideError("The value has to be a whole number from 0 to 100.")
    return f"{int(number)}{REASON_MARK}{line}" if line else f"{int(number)}"


def reasons_in_link(answers: Mapping[str, str]) -> int:
    """How many characters the reasons of all overrides take in a link."""
    return sum(
        len(quote(text.partition(REASON_MARK)[2], safe=""))
        for name, text in answers.items()
        if name.startswith(VALUE)
    )


def overrides(answers: Mapping[str, str]) -> tuple[Override, ...]:
    """The visitor's own values, by framework and criterion. Takes answers in canonical form."""
    found = []
    for name, text in answers.items():
        if name.startswith(VALUE):
            slug, _, criterion = name.removeprefix(VALUE).partition(".")
            number, _, reason = text.partition(REASON_MARK)
            found.append(Override(slug, criterion, float(number), reason))
    return tuple(sorted(found, key=lambda own: (own.slug, own.criterion)))


def overridden(table: ValueTable, answers: Mapping[str, str]) -> ValueTable:
    """The table with the visitor's own values laid over; the same table when there are none.

    A value of their own is known, has half-width 0 and no grade of evidence; the cell keeps ours
    in ``replaces``. Names the table does not have are left out.
    """
    own = [
        override
        for override in overrides(answers)
        if override.criterion in table.cells.get(override.slug, {})
    ]
    if not own:
        return table
    rows = table.values.index.get_indexer(pd.Index([override.slug for override in own]))
    columns = table.values.columns.get_indexer(pd.Index([override.criterion for override in own]))
    cells = dict(table.cells)
    for override in own:
        row = cells[override.slug]
        replaced = own_value(row[override.criterion], override)
        cells[override.slug] = {**row, override.criterion: replaced}

    def laid_over(frame: pd.DataFrame, entries: list[float] | bool | float) -> pd.DataFrame:
        block = frame.to_numpy(copy=True)
        block[rows, columns] = entries
        return pd.DataFrame(block, index=frame.index, columns=frame.columns)

    return ValueTable(
        values=laid_over(table.values, [override.value for override in own]),
        is_known=laid_over(table.is_known, True),
        half_widths=laid_over(table.half_widths, 0.0),
        cells=cells,
    )


def own_value(ours: CriterionValue, override: Override) -> CriterionValue:
    """The cell with the visitor's value in place of ours; what we read stays with it."""
    return replace(
        ours,
        value=override.value,
        is_known=True,
        grade=None,
        half_width=0.0,
        replaces=ours,
        reason=override.reason,
    )


def _one_line(reason: str) -> str:
    """The reason without spaces around it, every kind of space as a plain one."""
    line = reason.strip()
    if len(line) > LONGEST_REASON:
        raise OverrideError(
            f"The reason has {len(line)} characters; at most {LONGEST_REASON} fit into a link."
        )
    line = "".join(" " if unicodedata.category(c) == "Zs" else c for c in line)
    if any(not c.isprintable() and c not in _JOINERS for c in line):
        raise OverrideError("The reason has to be one line of plain text.")
    return line
