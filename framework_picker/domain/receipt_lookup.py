"""The receipt of a value by its id, for everything in the catalog that has a source and a date.

Ids are plain words with colons: what it is, which one, whose.

- ``fact:stars:django``, ``capability:admin:flask``
- ``user:0:django``, ``limit:2:flask``: places in the lists of known users and documented limits
- ``reading:stars:2024-05-01:django``, also ``downloads`` and ``place``: one month of a chart
- ``survey:3:django``: a share, by its place among the newest; ``share:12:django``, among all
- ``window:6.1:django``: the support dates of a series
- ``advisory:PYSEC-2021-76:aiohttp``, ``advisories:2021:aiohttp``: one, and those of a year
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from framework_picker.domain.claims import Ledger
from framework_picker.domain.community import (
    Advisory,
    SurveyShare,
    advisories,
    download_history,
    download_ranks,
    newest_shares,
    star_history,
    survey_shares,
)
from framework_picker.domain.disagreements import SUPPORT_FACT, SUPPORT_TABLE, other_readings
from framework_picker.domain.measures import worst_grade
from framework_picker.domain.model import Alternative, Catalog, Fact, Grade, Observation
from framework_picker.domain.readings import THIN_SPACE, number, window
from framework_picker.domain.receipts import (
    GRADE_WORDS,
    Counted,
    Receipt,
    capability_receipt,
    fact_receipt,
    newest_sources,
    sentence,
)
from framework_picker.domain.sources import source_lines
from framework_picker.domain.staleness import stale_words
from framework_picker.domain.values import ValueTable
from framework_picker.domain.workings import share_words, worth_words

LONGEST_ID = 120

COUNTING = "Stars measure attention, not use, and never fall when a project ages."
DOWNLOADING = (
    "Downloads are not users: automatic builds, containers and packages that depend on it count "
    "too. Compare orders of magnitude within one month only."
)
PLACING = (
    "Counted by us: how many Python frameworks have more downloads a day in this month, plus one. "
    "Two that are one signal take one place."
)
REPORTING = (
    "A number of advisories says how much a project is looked at and how openly it reports, not "
    "how unsafe it is."
)


def receipt_of(
    catalog: Catalog, table: ValueTable, ledger: Ledger, receipt_id: str
) -> Receipt | None:
    """The receipt that an id asks for; None where there is no such value.

    A fact or capability that exists and is not verified has a receipt that says so.
    """
    if not isinstance(receipt_id, str) or len(receipt_id) > LONGEST_ID:
        return None
    kind, _, rest = receipt_id.partition(":")
    key, _, slug = rest.rpartition(":")
    alternative = catalog.alternatives.get(slug)
    if alternative is None:
        return None
    found: Receipt | None = None
    if kind == "fact" and key in catalog.fact_kinds:
        found = _fact(catalog, table, ledger, alternative, key)
    elif kind == "capability" and key in catalog.capability_kinds:
        found = _capability(catalog, table, alternative, key)
    elif kind in ("user", "limit"):
        facts = alternative.production_users if kind == "user" else alternative.limits
        found = _listed(facts, key, "Known user" if kind == "user" else "Limit", alternative)
    elif kind == "reading":
        found = _reading(catalog, alternative, key)
    elif kind == "survey":
        found = _survey(newest_shares(survey_shares(alternative)), key, alternative.name)
    elif kind == "share":
        found = _survey(survey_shares(alternative), key, alternative.name)
    elif kind == "window":
        found = _window(alternative, key)
    elif kind == "advisory":
        found = _advisory(alternative, key)
    elif kind == "advisories":
        found = _advisories(alternative, key)
    return None if found is None else replace(found, id=receipt_id)


def counted(catalog: Catalog, table: ValueTable, slug: str, key: str) -> tuple[Counted, ...]:
    """How a fact or capability becomes points: one line per criterion that it is part of."""
    lines = []
    for criterion, cell in table.cells.get(slug, {}).items():
        for part in cell.parts:
            if key in (part.part.fact, part.part.capability) and part.value is not None:
                name = catalog.criteria[criterion].name
                whole = "all" if len(cell.parts) == 1 else share_words(part.part)
                lines.append(
                    Counted(
                        criterion,
                        f"{whole} of “{name}”, where it is worth {worth_words(part.value)} of 100.",
                    )
                )
    return tuple(lines)


def _fact(
    catalog: Catalog, table: ValueTable, ledger: Ledger, alternative: Alternative, key: str
) -> Receipt:
    found = fact_receipt(catalog.fact_kinds[key], alternative.facts.get(key), alternative.name)
    return replace(
        found,
        others=other_readings(catalog, ledger, alternative.slug, key),
        counts=counted(catalog, table, alternative.slug, key),
    )


def _capability(catalog: Catalog, table: ValueTable, alternative: Alternative, key: str) -> Receipt:
    found = alternative.capabilities.get(key)
    receipt = capability_receipt(catalog.capability_kinds[key], found, alternative.name)
    return replace(receipt, counts=counted(catalog, table, alternative.slug, key))


def _listed(
    facts: Sequence[Fact], place: str, what: str, alternative: Alternative
) -> Receipt | None:
    if not place.isdecimal() or int(place) >= len(facts):
        return None
    return listed_receipt(facts[int(place)], f"{what}, {alternative.name}")


def listed_receipt(fact: Fact, subject: str) -> Receipt:
    """The receipt of a known user or a documented limit."""
    return Receipt(
        subject=subject,
        reading=str(fact.value),
        as_of=fact.as_of.isoformat(),
        evidence=GRADE_WORDS[fact.grade],
        note=sentence(fact.note),
        meaning="",
        sources=source_lines(fact.source),
        stale=stale_words(fact.stale_days),
    )


def _reading(catalog: Catalog, alternative: Alternative, key: str) -> Receipt | None:
    """One month of a chart: stars, downloads, or the place by downloads."""
    series, _, day = key.partition(":")
    if series == "place":
        return _place(catalog, alternative, day)
    points = {"stars": star_history, "downloads": download_history}.get(series)
    if points is None:
        return None
    point = next((one for one in points(alternative) if one.on.isoformat() == day), None)
    if point is None:
        return None
    rows = [
        row
        for row in alternative.series.get(series, ())
        if (row.on, row.source) == (point.on, point.source) and row.metric == series
    ]
    is_stars = series == "stars"
    return Receipt(
        subject=f"{'GitHub stars' if is_stars else 'Downloads a day'}, {alternative.name}",
        reading=number(point.value if is_stars else round(point.value)),
        as_of=day,
        evidence=GRADE_WORDS[worst_grade(row.grade for row in rows)],
        note="" if is_stars else _window_note(rows),
        meaning=COUNTING if is_stars else DOWNLOADING,
        sources=source_lines([point.source]),
    )


def _window_note(rows: Sequence[Observation]) -> str:
    """What a reading of downloads was counted over."""
    if not rows:
        return ""
    details = rows[0].details
    days, scope = details.get("window_days", ""), details.get("scope", "")
    total = rows[0].value
    words = f"{number(total)} downloads" if isinstance(total, int | float) else "Downloads"
    return sentence(", ".join(filter(None, [f"{words} in {days} days" if days else words, scope])))


def _place(catalog: Catalog, alternative: Alternative, day: str) -> Receipt | None:
    ranks = download_ranks(catalog).get(alternative.slug, ())
    point = next((one for one in ranks if one.on.isoformat() == day), None)
    if point is None:
        return None
    month = [
        reading
        for one in catalog.alternatives.values()
        if one.role == "candidate"
        for reading in download_history(one)
        if reading.on.replace(day=1) == point.on
    ]
    return Receipt(
        subject=f"Place by downloads, {alternative.name}",
        reading=f"{point.rank} of {point.listed}",
        as_of=max((one.on for one in month), default=point.on).isoformat(),
        evidence=GRADE_WORDS["A"],
        note="",
        meaning=PLACING,
        sources=newest_sources([one.source for one in month]),
    )


def _survey(shares: Sequence[SurveyShare], place: str, whose: str) -> Receipt | None:
    if not place.isdecimal() or int(place) >= len(shares):
        return None
    return survey_receipt(shares[int(place)], whose)


def survey_receipt(share: SurveyShare, whose: str) -> Receipt:
    """The receipt of a survey's share."""
    people = f" of {number(float(share.respondents))}" if share.respondents.isdecimal() else ""
    return Receipt(
        subject=f"{share.survey} {share.edition}, {whose}",
        reading=f"{number(round(share.percent, 1))}{THIN_SPACE}%{people} {share.population}",
        as_of=share.on.isoformat(),
        evidence=GRADE_WORDS[share.grade],
        note=sentence(share.note),
        meaning=(
            "Respondents choose themselves whether to take part. Shares of other surveys and "
            "other groups of people do not compare."
        ),
        sources=source_lines([share.source]),
    )


def _window(alternative: Alternative, series: str) -> Receipt | None:
    """The dates of a series: the public table's and the project's own, whichever there are."""
    rows = [
        row
        for row in alternative.series.get(SUPPORT_TABLE, ())
        if row.details.get("series") == series.removesuffix(" LTS")
    ]
    fact = alternative.facts.get(SUPPORT_FACT)
    if rows:
        dates = {row.metric: str(row.value) for row in rows}
        words = window(
            {
                "series": series,
                "mainstream": dates.get("mainstream_support_end", ""),
                "security": dates.get("security_support_end", ""),
            }
        )
        return Receipt(
            subject=f"Support dates of {series}, {alternative.name}",
            reading=f"{words}; released {dates['released']}" if "released" in dates else words,
            as_of=max(row.on for row in rows).isoformat(),
            evidence=GRADE_WORDS[worst_grade(row.grade for row in rows)],
            note="",
            meaning="",
            sources=source_lines(row.source for row in rows),
        )
    if fact is None or not isinstance(fact.value, tuple):
        return None
    for entry in fact.value:
        name = str(entry.get("series", "")) if isinstance(entry, Mapping) else ""
        if series and isinstance(entry, Mapping) and (f"{name} (").startswith(f"{series} ("):
            return Receipt(
                subject=f"Support dates of {series}, {alternative.name}",
                reading=window(entry),
                as_of=fact.as_of.isoformat(),
                evidence=GRADE_WORDS[fact.grade],
                note=sentence(fact.note),
                meaning="",
                sources=source_lines(fact.source),
                stale=stale_words(fact.stale_days),
            )
    return None


def _advisory(alternative: Alternative, advisory_id: str) -> Receipt | None:
    found = next((one for one in advisories(alternative) if one.id == advisory_id), None)
    return None if found is None else advisory_receipt(found, alternative)


def advisory_receipt(item: Advisory, alternative: Alternative) -> Receipt:
    """The receipt of one advisory."""
    fixed = f"fixed in {item.fixed_in}" if item.fixed_in else "no fixed version named"
    return Receipt(
        subject=f"{item.id}, {alternative.name}",
        reading=f"{item.summary}: {item.severity or 'not rated'}, {fixed}",
        as_of=item.on.isoformat(),
        evidence=GRADE_WORDS[_advisory_grade(alternative, item.id)],
        note=f"Also known as {', '.join(item.aliases)}." if item.aliases else "",
        meaning=REPORTING,
        sources=source_lines([item.source]),
    )


def _advisory_grade(alternative: Alternative, advisory_id: str) -> Grade:
    return worst_grade(
        row.grade
        for row in alternative.series.get("advisories", ())
        if row.details.get("id") == advisory_id
    )


def _advisories(alternative: Alternative, year: str) -> Receipt | None:
    """How many advisories of a year there are, and which."""
    found = [one for one in advisories(alternative) if str(one.year) == year]
    if not year.isdecimal() or not advisories(alternative):
        return None
    newest = max(one.on for one in advisories(alternative))
    return Receipt(
        subject=f"Advisories of {year}, {alternative.name}",
        reading=str(len(found)),
        as_of=max((one.on for one in found), default=newest).isoformat(),
        evidence=GRADE_WORDS["A"],
        note="By the year of their CVE number, or of their date where they have none.",
        meaning=REPORTING,
        sources=newest_sources([one.source for one in found or advisories(alternative)[:1]]),
    )
