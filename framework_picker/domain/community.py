"""Community counts over time, and what one may read from them.

Stars measure attention. Downloads count machines and break whenever the counting changes. The
number of advisories says how openly a project reports. Nothing here is a score.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from framework_picker.domain.measures import published_date
from framework_picker.domain.model import Alternative, Catalog, Grade, Observation


@dataclass(frozen=True, slots=True)
class Break:
    """A day from which on a series counts something else. ``sentence`` says what."""

    on: date
    label: str
    sentence: str


# From data/community/README.md, section downloads.csv.
DOWNLOAD_BREAKS = (
    Break(date(2018, 9, 1), "1", "2018-09: most packages jump to about 2.5 times as many."),
    Break(date(2021, 5, 1), "2", "2021-05: most packages triple; earlier months are too low."),
    Break(
        date(2024, 12, 1), "3", "2024-12: all installers and mirrors count, before only pip did."
    ),
    Break(date(2025, 7, 1), "4", "2025-07: another database counts, by calendar month."),
)

DOWNLOADS_FACT = "downloads_per_day"

LONGEST_STEP_DAYS = 75
"""Readings further apart than this have a gap between them."""


@dataclass(frozen=True, slots=True)
class Point:
    """One reading of a series."""

    on: date
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class RankPoint:
    """A rank in one month out of how many; 1 is the largest, equals share a place."""

    on: date
    rank: int
    listed: int


@dataclass(frozen=True, slots=True)
class SurveyShare:
    """The share of a survey's respondents who use a framework, in percent."""

    survey: str
    edition: str
    population: str
    percent: float
    respondents: str
    grade: Grade
    source: str
    note: str
    on: date = date.min


@dataclass(frozen=True, slots=True)
class Advisory:
    """One published security advisory. ``year`` is the year of its CVE number, or of its date."""

    id: str
    aliases: tuple[str, ...]
    on: date
    year: int
    summary: str
    severity: str
    fixed_in: str
    source: str


@dataclass(frozen=True, slots=True)
class SupportWindow:
    """A release series and how long it gets fixes, as published.

    ``released``, ``fixes_end`` and ``security_end`` are None where no date is published.
    """

    series: str
    released: date | None
    fixes_end: date | None
    security_end: date | None
    is_planned: bool
    is_long_term: bool


def star_history(alternative: Alternative) -> tuple[Point, ...]:
    """The repository's stars, one reading a month, oldest first."""
    return tuple(
        Point(row.on, row.value, row.source)
        for row in alternative.series.get("stars", ())
        if row.metric == "stars" and isinstance(row.value, int | float)
    )


def download_history(alternative: Alternative) -> tuple[Point, ...]:
    """Downloads per day of the framework's own package, one reading a month, oldest first."""
    points = []
    for row in alternative.series.get("downloads", ()):
        own = row.details.get("package") == alternative.package
        if row.metric == "downloads" and own and (per_day := row.details.get("value_per_day")):
            points.append(Point(row.on, float(per_day), row.source))
    return tuple(points)


def segments(
    points: Sequence[Point], breaks: Sequence[Break] = DOWNLOAD_BREAKS
) -> tuple[tuple[Point, ...], ...]:
    """The points between breaks and gaps; a line may join points of one segment only.

    A month without a reading means that the package was below the cut of the list. One missing
    month is no gap: for two months no list exists.
    """
    found: list[list[Point]] = []
    for point in points:
        if found and _joins(found[-1][-1], point, breaks):
            found[-1].append(point)
        else:
            found.append([point])
    return tuple(tuple(segment) for segment in found)


def signal_partners(catalog: Catalog) -> dict[str, str]:
    """Frameworks whose downloads are another's signal, and whose (Starlette: FastAPI)."""
    kind = catalog.fact_kinds.get(DOWNLOADS_FACT)
    shared = (kind.derive or {}).get("shares_signal_with") if kind else None
    return (
        {str(slug): str(of) for slug, of in shared.items()} if isinstance(shared, Mapping) else {}
    )


def download_ranks(catalog: Catalog) -> dict[str, tuple[RankPoint, ...]]:
    """Each Python framework's place by downloads in every month, among those listed that month.

    Two frameworks that are one signal take one place, that of the one people choose.
    """
    partners = signal_partners(catalog)
    by_month: dict[date, dict[str, float]] = defaultdict(dict)
    for alternative in catalog.alternatives.values():
        if alternative.role != "candidate" or alternative.slug in partners:
            continue
        for point in download_history(alternative):
            by_month[point.on.replace(day=1)][alternative.slug] = point.value
    ranks: dict[str, list[RankPoint]] = defaultdict(list)
    for month in sorted(by_month):
        listed = by_month[month]
        for slug, value in listed.items():
            better = sum(other > value for other in listed.values())
            ranks[slug].append(RankPoint(month, better + 1, len(listed)))
    for slug, of in partners.items():
        if of in ranks:
            ranks[slug] = ranks[of]
    return {slug: tuple(points) for slug, points in sorted(ranks.items())}


def survey_shares(alternative: Alternative) -> tuple[SurveyShare, ...]:
    """Every survey share, newest edition first; nothing means that no survey lists it."""
    shares = [
        SurveyShare(
            survey=row.details.get("survey", ""),
            edition=row.details.get("edition", ""),
            population=row.details.get("population", ""),
            percent=row.value,
            respondents=row.details.get("n_base", ""),
            grade=row.grade,
            source=row.source,
            note=row.details.get("note", ""),
            on=row.on,
        )
        for row in alternative.series.get("surveys", ())
        if row.metric == "share_used" and isinstance(row.value, int | float)
    ]
    return tuple(
        sorted(shares, key=lambda share: (share.survey, share.population, -int(share.edition)))
    )


def newest_shares(shares: Sequence[SurveyShare]) -> tuple[SurveyShare, ...]:
    """The newest edition per survey and group of people, newest first."""
    newest: dict[tuple[str, str], SurveyShare] = {}
    for share in shares:
        key = (share.survey, share.population)
        if key not in newest or int(share.edition) > int(newest[key].edition):
            newest[key] = share
    return tuple(
        sorted(
            newest.values(), key=lambda share: (-int(share.edition), share.survey, share.population)
        )
    )


@dataclass(frozen=True, slots=True)
class SurveyYears:
    """A survey's group of people over the years.

    ``shares`` goes from each edition that is known for this group to the framework's share there;
    None where the edition names other frameworks and not this one.
    """

    survey: str
    population: str
    shares: Mapping[str, SurveyShare | None]


def survey_years(catalog: Catalog, alternative: Alternative) -> tuple[SurveyYears, ...]:
    """Every survey that lists the framework, with all its editions; the one with most first."""
    own = {
        (share.survey, share.population, share.edition): share
        for share in survey_shares(alternative)
    }
    editions: dict[tuple[str, str], set[str]] = defaultdict(set)
    for other in catalog.alternatives.values():
        for share in survey_shares(other):
            editions[share.survey, share.population].add(share.edition)
    found = [
        SurveyYears(
            survey,
            population,
            {
                edition: own.get((survey, population, edition))
                for edition in sorted(editions[survey, population])
            },
        )
        for survey, population in dict.fromkeys(key[:2] for key in own)
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -sum(share is not None for share in one.shares.values()),
                one.survey,
                one.population,
            ),
        )
    )


def surveys_read(catalog: Catalog) -> tuple[tuple[str, str, str], ...]:
    """Every survey whose shares were read, with its first and its last edition, A to Z."""
    editions: dict[str, set[str]] = defaultdict(set)
    for alternative in catalog.alternatives.values():
        for share in survey_shares(alternative):
            editions[share.survey].add(share.edition)
    return tuple((survey, min(found), max(found)) for survey, found in sorted(editions.items()))


def advisories(alternative: Alternative) -> tuple[Advisory, ...]:
    """Every advisory, newest first by the year of its number, then by the day of its record."""
    found = [
        _advisory(row)
        for row in alternative.series.get("advisories", ())
        if row.metric == "advisory"
    ]
    return tuple(sorted(found, key=lambda item: (item.year, item.on, item.id), reverse=True))


def advisories_by_year(found: Sequence[Advisory], until: date) -> tuple[tuple[int, int], ...]:
    """Count per year from the first advisory to the year of ``until``; years without one are 0."""
    if not found:
        return ()
    counts = Counter(item.year for item in found)
    return tuple((year, counts[year]) for year in range(min(counts), until.year + 1))


def support_windows(alternative: Alternative) -> tuple[SupportWindow, ...]:
    """Release series with their published dates, oldest first.

    From the table of support windows where the project has an entry there, and the planned
    series from the catalog's own fact; otherwise from that fact alone.
    """
    windows = _tabled_windows(alternative.series.get("support_windows", ()))
    known = {window.series for window in windows}
    fact = alternative.facts.get("support_end")
    entries = fact.value if fact is not None and isinstance(fact.value, tuple) else ()
    for entry in entries:
        if isinstance(entry, Mapping):
            window = _window_of(entry)
            if window.is_planned or not known:
                windows.append(window)
    return tuple(sorted(windows, key=_by_age))


def current_windows(
    windows: Sequence[SupportWindow], as_of: date, *, years: int = 2, most: int = 10
) -> tuple[SupportWindow, ...]:
    """The windows that still matter: open, planned, or over for less than ``years`` years."""
    oldest = as_of - timedelta(days=365 * years)
    recent = [w for w in windows if w.security_end is None or w.security_end >= oldest]
    return tuple(recent[-most:])


_RELEASE_IN_NAME = re.compile(r"\s*\((?:planned, )?release (?P<date>[\d-]+)\)|\s*\(planned\)")


def _window_of(entry: Mapping[object, object]) -> SupportWindow:
    series = str(entry.get("series", ""))
    named = _RELEASE_IN_NAME.search(series)
    released = named["date"] if named else None
    return SupportWindow(
        series=_RELEASE_IN_NAME.sub("", series),
        released=_first_day(released) if released else None,
        fixes_end=published_date(str(entry.get("mainstream", ""))),
        security_end=published_date(str(entry.get("security", ""))),
        is_planned=bool(entry.get("planned")),
        is_long_term="LTS" in series,
    )


def _tabled_windows(rows: Sequence[Observation]) -> list[SupportWindow]:
    dates: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        dates[row.details.get("series", "")][row.metric] = str(row.value)
    return [
        SupportWindow(
            series=f"{series} LTS" if found.get("long_term_support") == "yes" else series,
            released=published_date(found["released"]),
            fixes_end=published_date(found.get("mainstream_support_end", "")),
            security_end=published_date(found.get("security_support_end", "")),
            is_planned=False,
            is_long_term=found.get("long_term_support") == "yes",
        )
        for series, found in dates.items()
        if "released" in found
    ]


def _joins(before: Point, point: Point, breaks: Sequence[Break]) -> bool:
    has_gap = (point.on - before.on).days > LONGEST_STEP_DAYS
    return not has_gap and not any(before.on < end.on <= point.on for end in breaks)


def _first_day(published: str) -> date | None:
    """The first day that a published date can mean: a release may come from then on."""
    end = published_date(published)
    if end is None or published.count("-") == 2:
        return end
    return end.replace(day=1) if "-" in published else end.replace(month=1, day=1)


def _by_age(window: SupportWindow) -> tuple[date, str]:
    return (window.released or window.security_end or date.max, window.series)


def _advisory(row: Observation) -> Advisory:
    details = row.details
    by_number = details.get("cve_year", "")
    score = f" ({row.value:g})" if isinstance(row.value, int | float) else ""
    severity = details.get("severity", "")
    return Advisory(
        id=details.get("id", ""),
        aliases=tuple(alias for alias in details.get("aliases", "").split(";") if alias),
        on=row.on,
        year=int(by_number) if by_number.isdigit() else row.on.year,
        summary=details.get("summary", ""),
        severity=f"{severity}{score}" if severity else "",
        fixed_in=", ".join(part for part in details.get("fixed_versions", "").split(";") if part),
        source=row.source,
    )
