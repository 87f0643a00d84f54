"""The value table: every alternative on every criterion, with what each value is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framework_picker.domain.errors import ValueFunctionError
from framework_picker.domain.measures import GRADES, worst_grade
from framework_picker.domain.model import (
    Alternative,
    Capability,
    Catalog,
    Criterion,
    EvidenceScale,
    Fact,
    Grade,
    Part,
    capability_state,
)
from framework_picker.domain.readings import NOT_VERIFIED, capability_words, with_unit
from framework_picker.domain.scoring import POINT_DIGITS
from framework_picker.domain.value_functions import (
    HIGHEST,
    UNKNOWN_VALUE,
    capability_worth,
    value,
)

UNKNOWN_HALF_WIDTH = 50.0
KNOWN_FROM_SHARE = 0.5

_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class PartValue:
    """One part of a criterion for one alternative.

    ``raw`` is the fact or capability in words for people. ``value`` is None when it is not
    verified. ``evidence`` is what it was read from, with source, date and grade.
    """

    part: Part
    raw: str
    value: float | None
    evidence: Fact | Capability | None


@dataclass(frozen=True, slots=True)
class CriterionValue:
    """One cell: a value, how far to trust it, and its parts.

    ``grade`` is the worst grade of the known parts, never better than the criterion allows; None
    when the value is unknown, and when it is the visitor's own. Then ``replaces`` is our cell,
    and ``reason`` what they gave as one (``domain/overrides.py``).
    """

    value: float
    is_known: bool
    grade: Grade | None
    half_width: float
    parts: tuple[PartValue, ...]
    replaces: CriterionValue | None = None
    reason: str = ""


@dataclass(frozen=True)
class ValueTable:
    """Values of all alternatives that can be ranked; rows slugs, columns criteria, both sorted.

    ``values`` 0..100 (50 where unknown), ``is_known``, ``half_widths`` in value points, and the
    cells they come from by slug and criterion.
    """

    values: pd.DataFrame
    is_known: pd.DataFrame
    half_widths: pd.DataFrame
    cells: Mapping[str, Mapping[str, CriterionValue]]


def value_table(catalog: Catalog) -> ValueTable:
    """The values of every candidate and add-on.

    Raises:
        ValueFunctionError: a fact that its value function has no value for, naming alternative,
            criterion and part.
    """
    slugs = sorted(
        slug
        for slug, alternative in catalog.alternatives.items()
        if alternative.role in ("candidate", "addon")
    )
    criteria = sorted(catalog.criteria)
    cells = {
        slug: {
            criterion: criterion_value(
                catalog.alternatives[slug], catalog.criteria[criterion], catalog.evidence
            )
            for criterion in criteria
        }
        for slug in slugs
    }

    def frame(field: str, dtype: type) -> pd.DataFrame:
        rows = [[getattr(cells[slug][c], field) for c in criteria] for slug in slugs]
        block: NDArray[Any] = np.array(rows, dtype=dtype).reshape(len(slugs), len(criteria))
        return pd.DataFrame(block, index=slugs, columns=criteria)

    return ValueTable(
        values=frame("value", float),
        is_known=frame("is_known", bool),
        half_widths=frame("half_width", float),
        cells=cells,
    )


def criterion_value(
    alternative: Alternative, criterion: Criterion, evidence: EvidenceScale
) -> CriterionValue:
    """The value of one alternative on one criterion: the sum of share times part value.

    An unknown part counts as 50. With less than half of the share known the whole value is
    unknown: 50, half-width 50. Otherwise the half-width is that of the worst known grade for the
    known share and 50 for the rest.

    Raises:
        ValueFunctionError: as in ``value_table``.
    """
    parts = tuple(_part_value(alternative, criterion, part, evidence) for part in criterion.parts)
    known = [part for part in parts if part.value is not None]
    known_share = min(1.0, sum(part.part.share for part in known))
    if not known or known_share < KNOWN_FROM_SHARE - _TOLERANCE:
        return CriterionValue(UNKNOWN_VALUE, False, None, UNKNOWN_HALF_WIDTH, parts)
    grades = [part.evidence.grade for part in known if part.evidence is not None]
    grade = max(worst_grade(grades), criterion.best_grade, key=GRADES.index)
    total = sum(
        part.part.share * (UNKNOWN_VALUE if part.value is None else part.value) for part in parts
    )
    return CriterionValue(
        # Shares such as 0.2 + 0.2 + 0.6 overshoot 1 by a rounding error.
        value=round(min(HIGHEST, max(0.0, total)), POINT_DIGITS),
        is_known=True,
        grade=grade,
        half_width=known_share * evidence.half_width[grade]
        + (1 - known_share) * UNKNOWN_HALF_WIDTH,
        parts=parts,
    )


def _part_value(
    alternative: Alternative, criterion: Criterion, part: Part, evidence: EvidenceScale
) -> PartValue:
    try:
        if part.capability:
            capability = alternative.capabilities.get(part.capability)
            if capability is None:
                return PartValue(part, NOT_VERIFIED, None, None)
            if part.value_function is None:
                worth = capability_worth(capability, evidence.capability_value)
            else:
                worth = value(capability_state(capability), part.value_function)
            return PartValue(part, capability_words(capability), worth, capability)
        fact = alternative.facts.get(part.fact)
        if fact is None:
            return PartValue(part, NOT_VERIFIED, None, None)
        if part.value_function is None:
            raise ValueFunctionError(f"no value function for the fact {part.fact!r}")
        worth = value(fact.value, part.value_function)
        return PartValue(part, with_unit(fact), worth, fact)
    except ValueFunctionError as error:
        raise ValueFunctionError(
            f"{alternative.slug}, {criterion.id}, part {part.id}: {error}"
        ) from error
