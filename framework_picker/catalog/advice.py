"""What the author of the data should know although nothing is wrong."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from framework_picker.domain.answers import open_questions
from framework_picker.domain.model import Catalog
from framework_picker.domain.values import ValueTable

HIGH_CORRELATION = 0.9
# Below this many frameworks with both values a correlation says nothing.
FEWEST_FRAMEWORKS = 5


def advice(catalog: Catalog, table: ValueTable) -> tuple[str, ...]:
    """One sentence per warning."""
    return (
        *overlapping_criteria(catalog, table),
        *criteria_without_a_question(catalog),
        *criteria_without_values(catalog, table),
        *incomplete_presets(catalog),
    )


def overlapping_criteria(catalog: Catalog, table: ValueTable) -> tuple[str, ...]:
    """Pairs of criteria that count the same advantage twice (METHOD section 1).

    Pearson's correlation over the frameworks for which both values are known.
    """
    sentences: list[str] = []
    for one, other in combinations(sorted(catalog.criteria), 2):
        both = (table.is_known[one] & table.is_known[other]).to_numpy(dtype=bool)
        x = table.values[one].to_numpy(dtype=float)[both]
        y = table.values[other].to_numpy(dtype=float)[both]
        if len(x) < FEWEST_FRAMEWORKS or np.ptp(x) == 0 or np.ptp(y) == 0:
            continue
        correlation = float(np.corrcoef(x, y)[0, 1])
        if correlation > HIGH_CORRELATION:
            names = [catalog.criteria[criterion].name for criterion in (one, other)]
            sentences.append(
                f"“{names[0]}” and “{names[1]}” correlate at {correlation:.2f} over "
                f"{len(x)} frameworks: the same advantage may be counted twice."
            )
    return tuple(sentences)


def criteria_without_a_question(catalog: Catalog) -> tuple[str, ...]:
    """Criteria that no answer can give weight to."""
    fed = {criterion for question in catalog.questions.values() for criterion in question.feeds}
    return tuple(
        f"No question feeds “{criterion.name}”, so it never has weight."
        for criterion in catalog.criteria.values()
        if criterion.id not in fed
    )


def criteria_without_values(catalog: Catalog, table: ValueTable) -> tuple[str, ...]:
    """Criteria unknown for every framework: they separate nobody yet."""
    return tuple(
        f"“{criterion.name}” is unknown for every framework, so it separates none of them."
        for criterion in catalog.criteria.values()
        if not table.is_known[criterion.id].any()
    )


def incomplete_presets(catalog: Catalog) -> tuple[str, ...]:
    """Presets and use cases that leave questions open."""
    sentences: list[str] = []
    entries = [
        *((f"preset “{preset.name}”", preset.answers) for preset in catalog.presets.values()),
        *((f"use case “{case.name}”", case.answers) for case in catalog.use_cases.values()),
    ]
    for name, answers in entries:
        missing = open_questions(catalog, answers)
        if missing:
            sentences.append(f"The {name} leaves open: {', '.join(missing)}.")
    return tuple(sentences)
