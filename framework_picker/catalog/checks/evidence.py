"""Checks on evidence.yaml: grades and the capability table."""

from __future__ import annotations

from itertools import pairwise, product

from framework_picker.catalog.drafts import Draft
from framework_picker.catalog.problems import Report, listed, shown
from framework_picker.domain.measures import GRADES

COMPANION_LEVELS = ("official-extension", "third-party")
CAPABILITY_STATES: tuple[str, ...] = (
    "built-in",
    "built-in-partial",
    *(
        f"{level}{partial}{stale}"
        for level, partial, stale in product(COMPANION_LEVELS, ("", "-partial"), ("", "-stale"))
    ),
    "none",
)


def every_grade_is_given(draft: Draft, report: Report) -> None:
    if draft.evidence is None:
        return
    grades = draft.evidence.grades
    file = draft.file("evidence")
    for grade in GRADES:
        if grade not in grades:
            report.add(file, f"grades.{grade}", "an entry", "none")
    given = [grade for grade in GRADES if grade in grades]
    for better, worse in pairwise(given):
        if grades[better].half_width > grades[worse].half_width:
            report.add(
                file,
                f"grades.{worse}.half_width",
                f"at least that of {better} ({grades[better].half_width:g})",
                f"{grades[worse].half_width:g}",
            )


def every_citation_has_a_grade(draft: Draft, report: Report) -> None:
    if draft.evidence is None:
        return
    prefixes = [entry.prefix for entry in draft.evidence.grade_of_source]
    if prefixes[-1] != "":
        report.add(
            draft.file("evidence"),
            f"grade_of_source[{len(prefixes)}].prefix",
            "an empty prefix at the end, for all other citations",
            shown(prefixes[-1]),
        )
    for number, prefix in enumerate(prefixes, start=1):
        hidden_by = next((p for p in prefixes[: number - 1] if prefix.startswith(p)), None)
        if hidden_by is not None:
            report.add(
                draft.file("evidence"),
                f"grade_of_source[{number}].prefix",
                "a prefix that no earlier one covers",
                f"{shown(prefix)} after {shown(hidden_by)}",
            )


def every_capability_state_has_a_value(draft: Draft, report: Report) -> None:
    if draft.evidence is None:
        return
    file = draft.file("evidence")
    table = draft.evidence.capability_value
    for state in CAPABILITY_STATES:
        if state not in table:
            report.add(file, f"capability_value.{state}", "an entry", "none")
    for state in table:
        if state not in CAPABILITY_STATES:
            report.add(file, f"capability_value.{state}", listed(CAPABILITY_STATES), shown(state))


CHECKS = (every_grade_is_given, every_citation_has_a_grade, every_capability_state_has_a_value)
