"""All frameworks of the catalog with how they are kept, ready to be shown.

Nothing here is remembered: the facts are the same for everybody and stand in the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from framework_picker import routes
from framework_picker.domain.community import Point, star_history, support_windows
from framework_picker.domain.health import (
    ADDONS,
    ASYNC_APIS,
    OUTSIDE,
    PAGES,
    SITES,
    WITHOUT_FIX,
    Column,
    star_rise,
)
from framework_picker.domain.made_for import alike, kind_words
from framework_picker.domain.model import Alternative, Catalog
from framework_picker.domain.readings import NOT_VERIFIED, number, reading
from framework_picker.domain.staleness import stale_words
from framework_picker.domain.values import ValueTable

SECTIONS = {
    SITES: (
        "Sites and APIs, one request at a time",
        "A worker answers one request, then the next; async is partial or missing.",
    ),
    ASYNC_APIS: (
        "Sites and APIs, async",
        "Handlers run on the server’s event loop and wait for many things at once.",
    ),
    PAGES: (
        "Data apps and interfaces in Python alone",
        "Interactive pages without templates and JavaScript of your own.",
    ),
    ADDONS: ("Add-ons", "Scored together with the framework they need."),
    OUTSIDE: (
        "Outside Python, described but not scored",
        "For those to whom Python is not settled.",
    ),
}
"""Title and explanation of each section, by what frameworks are made for."""

HEADINGS: dict[Column, str] = {
    "name": "Name and kind",
    "release": "Newest release",
    "cadence": "Releases in 12 months",
    "python": "Python versions",
    "support": "Security support left",
    "governance": "Who decides, licence",
    "advisories": "Security advisories",
    "stars": "GitHub stars",
}

SPARK_WIDTH, SPARK_HEIGHT = 100, 24
SPARK_EVERY = 3
"""Of the monthly counts every third is drawn: more than the eye can tell apart at this size."""


@dataclass(frozen=True, slots=True)
class HealthCell:
    """One cell of two lines. ``of`` and ``detail_of`` are the ids of their receipts.

    ``stale`` is the age of a value that is past its threshold.
    """

    column: str
    label: str
    words: str
    of: str
    detail: str
    detail_of: str
    stale: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One framework; what is not verified says so in words. ``spark`` is an svg path."""

    slug: str
    name: str
    href: str
    compare_href: str
    kind: str
    cells: list[HealthCell]
    spark: str


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a cell and the facts they are read from."""

    fact: str
    words: str
    detail: str = ""
    detail_fact: str = ""


def entries(catalog: Catalog, table: ValueTable) -> dict[str, Entry]:
    """Every framework by its slug."""
    first = _first_count(catalog)
    return {
        slug: _entry(catalog, table, alternative, first)
        for slug, alternative in catalog.alternatives.items()
    }


def _entry(
    catalog: Catalog, table: ValueTable, alternative: Alternative, first: date | None
) -> Entry:
    slug = alternative.slug
    points = () if alternative.extends else star_history(alternative)
    said: dict[Column, _Said] = {
        "release": _release(alternative),
        "cadence": _cadence(alternative),
        "python": _python(alternative),
        "support": _support(alternative),
        "governance": _keeper(alternative),
        "advisories": _advisories(catalog, alternative),
        "stars": _stars(catalog, alternative, points),
    }
    return Entry(
        slug=slug,
        name=alternative.name,
        href=routes.framework(slug),
        compare_href=routes.comparison((slug, *alike(catalog, table, [slug], 3))),
        kind=kind_words(alternative),
        cells=[_cell(alternative, column, words) for column, words in said.items()],
        spark=spark(points, first, catalog.as_of) if first else "",
    )


def _cell(alternative: Alternative, column: Column, said: _Said) -> HealthCell:
    ages = [
        fact.stale_days
        for key in (said.fact, said.detail_fact)
        if (fact := alternative.facts.get(key)) is not None
    ]
    return HealthCell(
        column=column,
        label=HEADINGS[column],
        words=said.words or NOT_VERIFIED,
        of=f"fact:{said.fact}:{alternative.slug}",
        detail=said.detail,
        detail_of=f"fact:{said.detail_fact or said.fact}:{alternative.slug}",
        stale=stale_words(max(ages, default=0)),
        is_known=bool(said.words),
    )


def _release(alternative: Alternative) -> _Said:
    released = _words(alternative, "latest_release_date") or "date not verified"
    return _Said(
        "latest_release", _words(alternative, "latest_release"), released, "latest_release_date"
    )


def _cadence(alternative: Alternative) -> _Said:
    releases = _count(alternative, "releases_12m", "release")
    series = _count(alternative, "feature_series_12m", "new series", "new series")
    return _Said("releases_12m", releases, series, "feature_series_12m")


def _python(alternative: Alternative) -> _Said:
    if alternative.language != "Python":
        return _Said("language_requires", _words(alternative, "language_requires"))
    accepted = _words(alternative, "python_requires")
    return _Said(
        "python_versions_declared",
        _words(alternative, "python_versions_declared"),
        f"accepts {accepted}" if accepted else "",
        "python_requires",
    )


def _support(alternative: Alternative) -> _Said:
    left = alternative.facts.get("support_months_left")
    if left is None or not isinstance(left.value, int | float):
        return _Said("support_months_left", "")
    ends = [
        (window.security_end, window.series)
        for window in support_windows(alternative)
        if window.security_end and not window.is_planned
    ]
    months = _count_words(round(left.value), "month")
    if not ends:
        return _Said("support_months_left", months, "none promised", "lts_policy")
    end, series = max(ends)
    return _Said("support_months_left", months, f"{series} until {end.isoformat()}", "support_end")


def _keeper(alternative: Alternative) -> _Said:
    licence = _words(alternative, "licence")
    if licence.startswith("LicenseRef-"):
        licence = f"{licence.removeprefix('LicenseRef-').replace('-', ' ')} licence"
    return _Said(
        "governance",
        _words(alternative, "governance"),
        licence or "licence not verified",
        "licence",
    )


def _advisories(catalog: Catalog, alternative: Alternative) -> _Said:
    counted, lacking = (
        alternative.facts.get("advisory_count"),
        alternative.facts.get(WITHOUT_FIX),
    )
    if counted is None or lacking is None:
        return _Said("advisory_count", "")
    whose = _whose(catalog, alternative)
    if not counted.value:
        return _Said("advisory_count", "none published", whose)
    each = "" if counted.value == 1 else " for each"
    fixed = f"{reading(lacking.value)} without a named fix" if lacking.value else f"fix named{each}"
    return _Said(
        "advisory_count",
        f"{reading(counted.value)} published",
        ", ".join(filter(None, [fixed, whose])),
        WITHOUT_FIX,
    )


def _stars(catalog: Catalog, alternative: Alternative, points: Sequence[Point]) -> _Said:
    fact = alternative.facts.get("stars")
    if fact is None:
        return _Said("stars", "")
    rise = star_rise(points)
    counted = f"{fact.as_of:%Y-%m}"
    year = f"{_signed(rise.gained)} in a year" if rise else ""
    said = [year, _whose(catalog, alternative), counted]
    return _Said("stars", reading(fact.value), ", ".join(filter(None, said)))


def spark(points: Sequence[Point], first: date, last: date) -> str:
    """The counts as an svg path: time from ``first`` to ``last``, height from 0 to the largest.

    The newest count is always drawn. Empty where there are fewer than two.
    """
    if len(points) < 2:
        return ""
    drawn = [*points[:-1:SPARK_EVERY], points[-1]]
    days, most = (last - first).days or 1, max(point.value for point in drawn) or 1
    places = [
        (
            SPARK_WIDTH * (point.on - first).days / days,
            1 + (SPARK_HEIGHT - 2) * (1 - point.value / most),
        )
        for point in drawn
    ]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)


def _first_count(catalog: Catalog) -> date | None:
    """The day of the first star count of any framework: where every line begins to count."""
    return min(
        (
            points[0].on
            for alternative in catalog.alternatives.values()
            if (points := star_history(alternative))
        ),
        default=None,
    )


def _whose(catalog: Catalog, alternative: Alternative) -> str:
    base = catalog.alternatives.get(alternative.extends)
    return f"those of {base.name}" if base else ""


def _count(alternative: Alternative, key: str, noun: str, plural: str = "") -> str:
    fact = alternative.facts.get(key)
    if fact is None or not isinstance(fact.value, int):
        return ""
    return _count_words(fact.value, noun, plural)


def _count_words(count: int, noun: str, plural: str = "") -> str:
    return f"{number(count)} {noun if count == 1 else plural or noun + 's'}"


def _signed(count: int) -> str:
    return f"+{number(count)}" if count > 0 else number(count)


def _words(alternative: Alternative, key: str) -> str:
    fact = alternative.facts.get(key)
    return "" if fact is None else reading(fact.value)
