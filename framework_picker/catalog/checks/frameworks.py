"""Checks on the frameworks' files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from framework_picker.catalog.drafts import Draft, FrameworkDraft
from framework_picker.catalog.problems import Report, listed, shown
from framework_picker.catalog.schema import CapabilityShape, FactKindShape, ValueShape
from framework_picker.domain.measures import published_date
from framework_picker.domain.value_functions import category

_VERSION_RANGE = re.compile(r"(>=|<=|==|!=|~=|<|>)\s*\d+(\.\d+)*(\.\*)?")
_DAY = re.compile(r"(19|20|21)\d\d-\d\d-\d\d")
# What a project may publish in place of a date.
_OPEN_ENDED = frozenset({"ongoing"})
_WINDOW_ENTRIES = frozenset({"series", "mainstream", "security", "planned"})


def slugs_match_file_names(draft: Draft, report: Report) -> None:
    for framework in draft.frameworks:
        stem = Path(framework.file).stem
        if framework.header is not None and framework.header.slug != stem:
            report.add(framework.file, "slug", f"{stem}, as the file", shown(framework.header.slug))


def slugs_and_names_are_unique(draft: Draft, report: Report) -> None:
    first_file: dict[tuple[str, str], str] = {}
    for framework in draft.frameworks:
        if framework.header is None:
            continue
        for field, value in (("slug", framework.header.slug), ("name", framework.header.name)):
            first = first_file.setdefault((field, value.casefold()), framework.file)
            if first != framework.file:
                report.add(
                    framework.file, field, f"a {field} of its own", f"{shown(value)} as in {first}"
                )


def dates_are_not_in_the_future(draft: Draft, report: Report) -> None:
    """No entry may be newer than the catalog. The clock is not asked: the data must replay."""
    if draft.catalog is None:
        return
    today = draft.catalog.as_of
    for framework in draft.frameworks:
        for field, day in (*_dates(framework), *_dates_as_facts(framework, draft)):
            if day > today:
                report.add(
                    framework.file,
                    field,
                    f"a date up to {today.isoformat()} (as_of in catalog.yaml)",
                    day.isoformat(),
                )


def facts_are_known_and_fit(draft: Draft, report: Report) -> None:
    if draft.fact_keys is None:
        return
    for framework in draft.frameworks:
        for key in framework.fact_names:
            field = f"facts.{key}"
            if key not in draft.fact_keys:
                report.add(framework.file, field, "a fact listed in facts.yaml", shown(key))
                continue
            kind, fact = draft.fact_kinds.get(key), framework.facts.get(key)
            if kind is None or fact is None:
                continue
            if kind.derive is not None:
                report.add(framework.file, field, "no entry, since it is computed", "one")
                continue
            expected = misfit(kind.shape, fact)
            if expected is not None:
                report.add(framework.file, field, expected, shown(fact.value))
            if fact.unit and kind.shape.unit and fact.unit != kind.shape.unit:
                report.add(framework.file, f"{field}.unit", kind.shape.unit, shown(fact.unit))


def capabilities_are_known(draft: Draft, report: Report) -> None:
    if draft.capability_keys is None:
        return
    for framework in draft.frameworks:
        for key in framework.capability_names:
            if key not in draft.capability_keys:
                report.add(
                    framework.file,
                    f"capabilities.{key}",
                    "a capability listed in facts.yaml",
                    shown(key),
                )


def companions_are_named(draft: Draft, report: Report) -> None:
    for framework in draft.frameworks:
        for key, capability in framework.capabilities.items():
            field = f"capabilities.{key}"
            is_companion = capability.value in ("official-extension", "third-party")
            if is_companion and not capability.package:
                report.add(
                    framework.file, f"{field}.package", f"the {capability.value} package", "none"
                )
            if capability.value == "none" and capability.partial:
                report.add(framework.file, f"{field}.partial", "no entry beside none", "true")


def addons_extend_a_framework(draft: Draft, report: Report) -> None:
    role_by_slug = {
        framework.header.slug: framework.header.role
        for framework in draft.frameworks
        if framework.header is not None
    }
    for framework in draft.frameworks:
        header = framework.header
        if header is None:
            continue
        if header.role == "addon" and header.extends is None:
            report.add(framework.file, "extends", "the slug of the framework it needs", "none")
        elif header.role != "addon" and header.extends is not None:
            report.add(
                framework.file, "extends", "no entry, unless role is addon", shown(header.extends)
            )
        elif header.extends is not None and (
            header.extends not in draft.slugs
            or role_by_slug.get(header.extends, "candidate") == "addon"
        ):
            report.add(
                framework.file,
                "extends",
                "the slug of a framework that is no add-on itself",
                shown(header.extends),
            )


CHECKS = (
    slugs_match_file_names,
    slugs_and_names_are_unique,
    dates_are_not_in_the_future,
    facts_are_known_and_fit,
    capabilities_are_known,
    companions_are_named,
    addons_extend_a_framework,
)


def misfit(kind: FactKindShape, fact: ValueShape) -> str | None:
    """What the fact's type expects, when the value is something else; None when it fits."""
    value = fact.value
    if kind.one_of is not None:
        return None if value in kind.one_of else listed(kind.one_of)
    match kind.type:
        case "text" | "code":
            return None if isinstance(value, str) else "a text (in quotes if it is a number)"
        case "whole number":
            fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
            return None if fits else "a whole number, 0 or more"
        case "number":
            fits = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
            return None if fits else "a number, 0 or more"
        case "yes/no":
            fits = isinstance(value, bool | str) and category(value) in ("yes", "no")
            return None if fits else "yes or no"
        case "date":
            return None if _is_day(value) else "a date like 2026-11-20"
        case "list":
            is_list = isinstance(value, list) and value != []
            fits = is_list and all(isinstance(item, str) for item in value)
            return None if fits else "a list of texts"
        case "version range":
            return None if _is_version_range(value) else "a version range"
        case "support windows":
            return _misfit_of_windows(value)
    return None


def _is_day(value: object) -> bool:
    return (
        isinstance(value, str)
        and _DAY.fullmatch(value) is not None
        and published_date(value) is not None
    )


def _is_version_range(value: object) -> bool:
    return isinstance(value, str) and all(
        _VERSION_RANGE.fullmatch(part.strip()) for part in value.split(",")
    )


def _misfit_of_windows(value: object) -> str | None:
    """What is expected of support windows; None when these are some."""
    if not isinstance(value, list) or not value:
        return "a list of support windows (series, mainstream, security, planned)"
    for number, window in enumerate(value, start=1):
        if not isinstance(window, dict) or not set(window) <= _WINDOW_ENTRIES:
            return f"series, mainstream, security or planned in window {number}"
        if not isinstance(window.get("series"), str):
            return f"a series as text in window {number}"
        if not isinstance(window.get("planned", False), bool):
            return f"true or false for planned in window {number}"
        dates = [window[name] for name in ("mainstream", "security") if name in window]
        if not dates:
            return f"mainstream or security in window {number}"
        for day in dates:
            is_date = isinstance(day, str) and (day in _OPEN_ENDED or published_date(day))
            if not is_date:
                return (
                    f"dates like 2027-04-30, 2027-04, 2027-Q2 or {listed(_OPEN_ENDED)} "
                    f"in window {number}"
                )
    return None


def _dates(framework: FrameworkDraft) -> Iterator[tuple[str, date]]:
    if framework.header is not None:
        yield "as_of", framework.header.as_of
    entries: dict[str, ValueShape | CapabilityShape] = {
        **{f"facts.{key}": fact for key, fact in framework.facts.items()},
        **{f"capabilities.{key}": entry for key, entry in framework.capabilities.items()},
        **framework.production_users,
        **framework.limits,
    }
    for field, entry in entries.items():
        yield f"{field}.as_of", entry.as_of
        if isinstance(entry, CapabilityShape) and entry.package_released is not None:
            yield f"{field}.package_released", entry.package_released


def _dates_as_facts(framework: FrameworkDraft, draft: Draft) -> Iterator[tuple[str, date]]:
    for key, fact in framework.facts.items():
        kind = draft.fact_kinds.get(key)
        if kind is not None and kind.shape.type == "date" and _is_day(fact.value):
            yield f"facts.{key}", date.fromisoformat(fact.value)
