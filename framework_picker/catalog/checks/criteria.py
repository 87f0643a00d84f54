"""Checks on criteria.yaml: parts, shares and value functions."""

from __future__ import annotations

import math
import re

from framework_picker.catalog.assembly import value_function
from framework_picker.catalog.checks.evidence import CAPABILITY_STATES
from framework_picker.catalog.drafts import CriterionDraft, Draft, FrameworkDraft
from framework_picker.catalog.problems import Report, listed, shown
from framework_picker.catalog.schema import FactKindShape, PartShape
from framework_picker.domain.errors import ValueFunctionError
from framework_picker.domain.value_functions import category, check

NUMBER_TYPES = ("whole number", "number")
_SHARE_TOLERANCE = 1e-6
_SENTENCE = re.compile(r"(?:(?P<place>.*): )?expected (?P<expected>.*), got (?P<found>.*)")


def ids_are_unique(draft: Draft, report: Report) -> None:
    file = draft.file("criteria")
    for kind, ids in (
        ("groups", [(place, group.id) for place, group in draft.groups.items()]),
        ("criteria", [(place, entry.shape.id) for place, entry in draft.criteria.items()]),
    ):
        report_repeated(ids, file, f"the {kind}", report)
    for criterion in draft.criteria.values():
        report_repeated(
            [(place, part.id) for place, part in criterion.parts.items()],
            file,
            "the parts of this criterion",
            report,
        )


def groups_exist(draft: Draft, report: Report) -> None:
    if draft.group_ids is None:
        return
    for place, criterion in draft.criteria.items():
        if criterion.shape.group not in draft.group_ids:
            report.add(
                draft.file("criteria"),
                f"{place}.group",
                listed(sorted(draft.group_ids)),
                shown(criterion.shape.group),
            )


def shares_sum_to_100(draft: Draft, report: Report) -> None:
    for place, criterion in draft.criteria.items():
        if not criterion.is_whole:
            continue
        total = math.fsum(part.share for part in criterion.parts.values())
        if abs(total - 100) > _SHARE_TOLERANCE:
            report.add(
                draft.file("criteria"), f"{place}.parts", "shares that sum to 100", f"{total:g}"
            )


def parts_read_known_facts(draft: Draft, report: Report) -> None:
    file = draft.file("criteria")
    for criterion in draft.criteria.values():
        for place, part in criterion.parts.items():
            if (part.fact is None) == (part.capability is None):
                found = "neither" if part.fact is None else "both"
                report.add(file, place, "a fact or a capability", found)
            elif part.fact is not None:
                if draft.fact_keys is not None and part.fact not in draft.fact_keys:
                    report.add(
                        file, f"{place}.fact", "a fact listed in facts.yaml", shown(part.fact)
                    )
            elif draft.capability_keys is not None and part.capability not in draft.capability_keys:
                report.add(
                    file,
                    f"{place}.capability",
                    "a capability listed in facts.yaml",
                    shown(part.capability),
                )


def value_functions_are_sound(draft: Draft, report: Report) -> None:
    """METHOD section 1: x increasing, values monotone and in 0..100, no NaN, no infinity."""
    file = draft.file("criteria")
    for place, part in _parts(draft):
        if part.points is None and part.levels is None:
            if part.fact is not None:
                report.add(file, place, "points or levels for a fact", "neither")
            if part.scale is not None:
                report.add(file, f"{place}.scale", "no entry without points", part.scale)
            continue
        if part.points is not None and part.levels is not None:
            report.add(file, place, "points or levels", "both")
            continue
        if part.points is None and part.scale is not None:
            report.add(file, f"{place}.scale", "no entry beside levels", part.scale)
        field = f"{place}.points" if part.points is not None else f"{place}.levels"
        try:
            check(value_function(part))
        except ValueFunctionError as error:
            expected, found = _halves(str(error))
            report.add(file, field, expected, found)


def value_functions_fit_their_facts(draft: Draft, report: Report) -> None:
    """Numbers have points; words have a level each, whatever a framework says."""
    file = draft.file("criteria")
    for place, part in _parts(draft):
        if part.capability is not None:
            if part.points is not None:
                report.add(file, f"{place}.points", "levels or nothing for a capability", "points")
            if part.levels is not None:
                _report_levels(part.levels, CAPABILITY_STATES, file, place, report)
            continue
        kind = draft.fact_kinds.get(part.fact or "")
        if kind is None or (part.points is None) == (part.levels is None):
            continue
        if kind.derive is not None or kind.shape.type in NUMBER_TYPES:
            if part.levels is not None:
                report.add(file, place, "points, since the fact is a number", "levels")
            continue
        words = _vocabulary(kind.shape)
        if words is None and kind.shape.type != "text":
            report.add(file, f"{place}.fact", "a number, a text or yes/no", f"a {kind.shape.type}")
        elif part.levels is None:
            report.add(file, place, "levels, since the fact is a word", "points")
        elif words is not None:
            _report_levels(part.levels, words, file, place, report)
        else:
            for framework in _ranked(draft):
                fact = framework.facts.get(part.fact or "")
                if fact is not None and category(fact.value) not in part.levels:
                    report.add(
                        file,
                        f"{place}.levels",
                        f"a level for {shown(fact.value)} in {framework.file}",
                        "none",
                    )


CHECKS = (
    ids_are_unique,
    groups_exist,
    shares_sum_to_100,
    parts_read_known_facts,
    value_functions_are_sound,
    value_functions_fit_their_facts,
)


def report_repeated(ids: list[tuple[str, str]], file: str, where: str, report: Report) -> None:
    """Reports every id that stands a second time."""
    seen: set[str] = set()
    for place, name in ids:
        if name in seen:
            report.add(file, place, f"an id of its own among {where}", f"{shown(name)} again")
        seen.add(name)


def _parts(draft: Draft) -> list[tuple[str, PartShape]]:
    criteria: list[CriterionDraft] = list(draft.criteria.values())
    return [item for criterion in criteria for item in criterion.parts.items()]


def _ranked(draft: Draft) -> list[FrameworkDraft]:
    """Frameworks that get values; those of other languages are listed without."""
    return [
        framework
        for framework in draft.frameworks
        if framework.header is not None and framework.header.role != "alternative"
    ]


def _vocabulary(kind: FactKindShape) -> list[str] | None:
    """The words a fact can be; None when they are not a closed list."""
    return ["yes", "no"] if kind.type == "yes/no" else kind.one_of


def _report_levels(
    levels: dict[str, float],
    words: list[str] | tuple[str, ...],
    file: str,
    place: str,
    report: Report,
) -> None:
    for word in words:
        if word not in levels:
            report.add(file, f"{place}.levels.{word}", "a value", "none")
    for level in levels:
        if level not in words:
            report.add(file, f"{place}.levels.{level}", listed(words), shown(level))


def _halves(sentence: str) -> tuple[str, str]:
    """What the domain expected and what it got, out of its sentence."""
    match = _SENTENCE.fullmatch(sentence)
    if match is None:
        return "a value function", sentence
    found = match["found"]
    return match["expected"], f"{found} at {match['place']}" if match["place"] else found
