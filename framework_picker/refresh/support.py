"""Support dates of each release series, as endoflife.date lists them.

They go to the table of support windows. The fact ``support_end`` quotes the projects themselves
and stays; where the two differ, somebody should look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from framework_picker.domain.measures import published_date
from framework_picker.refresh.answers import day, entries, items, text, yes_or_no
from framework_picker.refresh.changes import Change
from framework_picker.refresh.errors import BadAnswerError
from framework_picker.refresh.progress import Progress
from framework_picker.refresh.tables import Row, TableRefresh, newest, one_line
from framework_picker.refresh.web import Web

TABLE = "support_windows"
NONE_ANNOUNCED = "none announced"

_PRODUCT = re.compile(r"(?:products/|endoflife\.date/)(?P<name>[a-z0-9-]+)(?:\.md|$)")
_DATES = "date"


def products(rows: Sequence[Row], slugs: Sequence[str]) -> dict[str, str]:
    """The product's name at endoflife.date of each framework in the table."""
    found: dict[str, str] = {}
    for slug in slugs:
        row = newest(rows, framework=slug)
        match = _PRODUCT.search(row["source"].partition("@")[0]) if row else None
        if match:
            found[slug] = match["name"]
    return found


def reread(
    web: Web,
    progress: Progress,
    *,
    address: str,
    rows: Sequence[Row],
    slugs: Sequence[str],
    support_end_by_slug: Mapping[str, object],
    today: date,
) -> TableRefresh:
    """A row for everything that is new or another date now."""
    result = TableRefresh(TABLE)
    product_by_slug = products(rows, slugs)

    def ask(slug: str) -> None:
        product = product_by_slug[slug]
        answer = web.json(f"{address}/products/{product}/")
        found = entries(entries(answer.content, "the answer").get("result"), "result")
        if found.get("name") != product:
            raise BadAnswerError("the answer is about another product")
        releases = items(found.get("releases"), "releases")
        if not releases:
            raise BadAnswerError("the list of releases is empty")
        source = f"https://endoflife.date/{product}"
        added: list[dict[str, str]] = []
        changes: list[Change] = []
        ends: dict[str, date] = {}
        for number, item in enumerate(releases, start=1):
            release = entries(item, f"releases[{number}]")
            series = one_line(text(release.get("name"), f"releases[{number}].name"), 40)
            cells = dict(_cells(release, f"releases[{number}]", today))
            if not cells:
                continue
            for metric, (value, unit) in cells.items():
                before = newest(rows, framework=slug, series=series, metric=metric)
                old = before["value"] if before else ""
                if old == value:
                    continue
                added.append(
                    {
                        "date": today.isoformat(),
                        "framework": slug,
                        "metric": metric,
                        "value": value,
                        "unit": unit,
                        "series": series,
                        "source": source,
                        "grade": "B",
                    }
                )
                label = f"series {series}, {metric.replace('_', ' ')}"
                changes.append(Change(slug, TABLE, label, old, value, source))
            end = cells.get("security_support_end", ("", ""))
            if end[1] == _DATES and date.fromisoformat(end[0]) >= today:
                ends[series] = date.fromisoformat(end[0])
        result.rows.extend(added)
        result.changes.extend(changes)
        result.by_hand.extend(_differences(slug, ends, support_end_by_slug.get(slug)))

    result.ask_each("support dates", list(product_by_slug), ask, progress)
    return result


def _cells(
    release: Mapping[str, object], place: str, today: date
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Metric, value and unit of each row that describes a series; nothing before its release."""
    released = day(release.get("releaseDate"), f"{place}.releaseDate")
    if released > today:
        return
    yield "released", (released.isoformat(), _DATES)
    if release.get("eoasFrom") is not None:
        end = day(release["eoasFrom"], f"{place}.eoasFrom")
        _check_order(released, end, place)
        yield "mainstream_support_end", (end.isoformat(), _DATES)
    if release.get("eolFrom") is not None:
        end = day(release["eolFrom"], f"{place}.eolFrom")
        _check_order(released, end, place)
        yield "security_support_end", (end.isoformat(), _DATES)
        yield (
            "support_length",
            (str((end - released).days), "days from release to end of security support"),
        )
    elif not yes_or_no(release.get("isEol"), f"{place}.isEol"):
        yield "security_support_end", (NONE_ANNOUNCED, "text")
    latest = release.get("latest")
    if latest is not None:
        newest_release = entries(latest, f"{place}.latest")
        name = text(newest_release.get("name"), f"{place}.latest.name")
        yield "latest_release", (one_line(name, 40), "version")
        if newest_release.get("date") is not None:
            came_out = day(newest_release["date"], f"{place}.latest.date")
            if came_out > today:
                raise BadAnswerError(f"{place}.latest.date is yet to come")
            yield "latest_release_date", (came_out.isoformat(), _DATES)
    if yes_or_no(release.get("isLts", False), f"{place}.isLts"):
        yield "long_term_support", ("yes", "text")


def _check_order(released: date, end: date, place: str) -> None:
    if end < released:
        raise BadAnswerError(f"{place} ends before it begins")


def _differences(slug: str, ends: Mapping[str, date], support_end: object) -> Iterator[str]:
    """Open series whose end the framework's own file gives otherwise, or not at all."""
    if not isinstance(support_end, list):
        return
    written: dict[str, str] = {}
    for window in support_end:
        if isinstance(window, dict):
            match = re.match(r"\d+(\.\d+)?", str(window.get("series", "")))
            if match:
                written[match[0]] = str(window.get("security", ""))
    for series, end in ends.items():
        if series not in written:
            yield f"{slug}: series {series} is not in facts.support_end"
        elif published_date(written[series]) not in (end, None):
            yield (
                f"{slug}: series {series} ends on {end.isoformat()} at endoflife.date, on "
                f"{written[series]} in facts.support_end"
            )
