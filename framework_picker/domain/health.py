"""How a framework is kept: dated facts side by side, sorted and narrowed, never added up.

A single number for "health" would hide which of these a project needs; there is none on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, get_args

from framework_picker.domain.community import Point
from framework_picker.domain.model import Alternative, Catalog
from framework_picker.domain.readings import reading

Column = Literal[
    "name", "release", "cadence", "python", "support", "governance", "advisories", "stars"
]
COLUMNS: tuple[Column, ...] = get_args(Column)

Facet = Literal["made", "governance", "licence"]
FACETS: tuple[Facet, ...] = get_args(Facet)

MOST_FIRST: frozenset[Column] = frozenset(
    {"release", "cadence", "python", "support", "advisories", "stars"}
)
"""Columns that begin with their largest or newest value; the others begin at A."""

WITHOUT_FIX = "advisories_without_fix"

SITES = "sites"
ASYNC_APIS = "async-apis"
PAGES = "pages"
ADDONS = "add-ons"
OUTSIDE = "outside-python"
MADE_FOR = (SITES, ASYNC_APIS, PAGES, ADDONS, OUTSIDE)
"""What frameworks are made for, in the order in which they are listed."""

ABOUT_A_YEAR = (timedelta(days=300), timedelta(days=430))
"""How far apart two star counts may be to speak of a year."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which frameworks are wanted, and in which order; empty values do not narrow or sort."""

    words: str = ""
    made: str = ""
    governance: str = ""
    licence: str = ""
    column: Column | Literal[""] = ""
    is_reversed: bool = False


@dataclass(frozen=True, slots=True)
class Rise:
    """Stars gained between two counts about a year apart."""

    gained: int
    since: date
    until: date


def made_for(alternative: Alternative) -> str:
    """What a framework is made for, read from its facts: one of ``MADE_FOR``."""
    if alternative.role == "alternative":
        return OUTSIDE
    if alternative.role == "addon":
        return ADDONS
    if _words(alternative, "python_only_ui") == "yes":
        return PAGES
    return ASYNC_APIS if _words(alternative, "async_support") == "native" else SITES


def licence_family(alternative: Alternative) -> str:
    """The licence without version and decoration; empty where it is not verified.

    ``MIT License`` is ``MIT``, ``BSD-3-Clause`` is ``BSD``. A licence text of a project's own
    (``LicenseRef-...``) is no family.
    """
    words = _words(alternative, "licence")
    if not words:
        return ""
    if words.startswith("LicenseRef-"):
        return "own licence text"
    return " and ".join(
        dict.fromkeys(part.replace("-", " ").split()[0] for part in words.split(" AND "))
    )


def star_rise(points: Sequence[Point]) -> Rise | None:
    """What the newest count gained on the one nearest to a year before; None without such two."""
    if not points:
        return None
    newest = points[-1]
    nearest, farthest = ABOUT_A_YEAR
    earlier = [point for point in points if nearest <= newest.on - point.on <= farthest]
    if not earlier:
        return None
    year = timedelta(days=365)
    before = min(earlier, key=lambda point: abs(newest.on - point.on - year))
    return Rise(round(newest.value - before.value), before.on, newest.on)


def listed(catalog: Catalog, wanted: Wanted) -> tuple[Alternative, ...]:
    """The frameworks that are wanted, in the order that is wanted.

    Unknown values come last in either direction; equals A to Z. Without a column they stand by
    what they are made for.
    """
    kept = [one for one in catalog.alternatives.values() if _is_wanted(one, wanted)]
    by_name = sorted(kept, key=lambda one: (one.name.casefold(), one.slug))
    column = wanted.column
    if not column:
        return tuple(sorted(by_name, key=lambda one: MADE_FOR.index(made_for(one))))
    measured = [(one, _measure(one, column)) for one in by_name]
    known = [(one, value) for one, value in measured if value]
    is_down = (column in MOST_FIRST) != wanted.is_reversed
    # Sorting is stable, and stays so when reversed: equals keep their order.
    known.sort(key=lambda pair: pair[1], reverse=is_down)
    return tuple(one for one, _ in known) + tuple(one for one, value in measured if not value)


def narrowed(wanted: Wanted, facet: Facet, value: str) -> Wanted:
    """The same with one facet set to a value."""
    if facet == "made":
        return replace(wanted, made=value)
    if facet == "governance":
        return replace(wanted, governance=value)
    return replace(wanted, licence=value)


def facet_counts(catalog: Catalog, wanted: Wanted) -> dict[Facet, dict[str, int]]:
    """How many frameworks each value of each facet would show, with the rest kept.

    Every value that occurs is there, with 0 where nothing would be shown.
    """
    counts: dict[Facet, dict[str, int]] = {}
    for facet in FACETS:
        kept = [
            one for one in catalog.alternatives.values() if _is_wanted(one, wanted, without=facet)
        ]
        counts[facet] = {
            value: sum(_facet_value(one, facet) == value for one in kept)
            for value in facet_values(catalog, facet)
        }
    return counts


def facet_values(catalog: Catalog, facet: Facet) -> tuple[str, ...]:
    """The values of a facet that occur; what they are made for in its order, the rest A to Z."""
    used = {_facet_value(one, facet) for one in catalog.alternatives.values()} - {""}
    if facet == "made":
        return tuple(value for value in MADE_FOR if value in used)
    return tuple(sorted(used, key=str.casefold))


def _facet_value(alternative: Alternative, facet: Facet) -> str:
    if facet == "made":
        return made_for(alternative)
    if facet == "governance":
        return _words(alternative, "governance")
    return licence_family(alternative)


def _is_wanted(alternative: Alternative, wanted: Wanted, without: Facet | None = None) -> bool:
    asked: dict[Facet, str] = {
        "made": wanted.made,
        "governance": wanted.governance,
        "licence": wanted.licence,
    }
    if any(
        value and facet != without and _facet_value(alternative, facet) != value
        for facet, value in asked.items()
    ):
        return False
    spoken = " ".join(
        (
            alternative.name,
            alternative.slug,
            alternative.package,
            alternative.language,
            *(
                _words(alternative, key)
                for key in ("kind", "governance", "licence", "protocol", "latest_release")
            ),
        )
    ).casefold()
    return all(word in spoken for word in wanted.words.casefold().split())


# An empty tuple is an unknown value.
Measure = tuple[float | str, ...]


def _measure(alternative: Alternative, column: Column) -> Measure:
    """What a column is sorted by."""
    measure: Mapping[Column, Callable[[Alternative], Measure]] = {
        "name": lambda one: (one.name.casefold(),),
        "release": lambda one: _text(one, "latest_release_date"),
        "cadence": lambda one: _number(one, "releases_12m"),
        "python": newest_python,
        "support": lambda one: _number(one, "support_months_left"),
        "governance": lambda one: _text(one, "governance"),
        "advisories": _advisories_measure,
        "stars": lambda one: _number(one, "stars"),
    }
    return measure[column](alternative)


def newest_python(alternative: Alternative) -> Measure:
    """The newest Python version that it is tested with, as numbers; empty where unknown."""
    fact = alternative.facts.get("python_versions_declared")
    versions = fact.value if fact is not None and isinstance(fact.value, tuple) else ()
    return max((_version(str(version)) for version in versions), default=())


def _advisories_measure(alternative: Alternative) -> Measure:
    """First the records without a fix, then all: many records alone say nothing bad."""
    lacking, counted = _number(alternative, WITHOUT_FIX), _number(alternative, "advisory_count")
    return (*lacking, *counted) if lacking and counted else ()


def _number(alternative: Alternative, key: str) -> Measure:
    fact = alternative.facts.get(key)
    if fact is None or isinstance(fact.value, bool) or not isinstance(fact.value, int | float):
        return ()
    return (float(fact.value),)


def _text(alternative: Alternative, key: str) -> Measure:
    words = _words(alternative, key)
    return (words.casefold(),) if words else ()


def _version(text: str) -> Measure:
    parts = text.split(".")
    return tuple(float(part) for part in parts) if all(p.isdigit() for p in parts) else ()


def _words(alternative: Alternative, key: str) -> str:
    fact = alternative.facts.get(key)
    return "" if fact is None else reading(fact.value)
