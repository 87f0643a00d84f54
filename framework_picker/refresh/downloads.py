"""Downloads of each framework's package in the last calendar month.

From the public list that the table already holds for earlier months: the same statement over the
same logs, so that the series goes on. Another service would count in another way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from packaging.utils import canonicalize_name

from framework_picker.refresh.answers import count, day, entries, items, text
from framework_picker.refresh.changes import Change
from framework_picker.refresh.errors import BadAnswerError
from framework_picker.refresh.progress import Progress
from framework_picker.refresh.tables import Row, TableRefresh, newest
from framework_picker.refresh.web import Web

TABLE = "downloads"
METRIC = "downloads"
LIST = "top-pypi-packages.min.json"
SOURCE = "https://hugovk.github.io/top-pypi-packages/"
FEWEST_PACKAGES = 1000
"""A list of fewer packages is a piece of one."""


def recounted(
    web: Web,
    progress: Progress,
    *,
    address: str,
    rows: Sequence[Row],
    package_by_slug: Mapping[str, str],
    today: date,
) -> TableRefresh:
    """A row per framework and month; none for a package below the cut of the list."""
    result = TableRefresh(TABLE)

    def ask(what: str) -> None:
        answer = web.json(f"{address}/{LIST}")
        found = entries(answer.content, "the list")
        updated = day(found.get("last_update"), "last_update")
        if updated > today:
            raise BadAnswerError(f"the list is dated {updated.isoformat()}, which is yet to come")
        counts = _counts(found)
        first_of_month = updated.replace(day=1)
        # Made at the beginning of a month from the logs of the whole month before.
        days_counted = (first_of_month - timedelta(days=1)).day
        for slug, package in package_by_slug.items():
            if canonicalize_name(package) in counts:
                _add(result, rows, slug, package, counts, first_of_month, days_counted)

    if package_by_slug:
        result.ask_each("downloads", ["all packages"], ask, progress)
    return result


def _counts(found: Mapping[str, object]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for number, item in enumerate(items(found.get("rows"), "rows"), start=1):
        row = entries(item, f"rows[{number}]")
        name = text(row.get("project"), f"rows[{number}].project")
        counts[canonicalize_name(name)] = count(
            row.get("download_count"), f"rows[{number}].download_count"
        )
    if len(counts) < FEWEST_PACKAGES:
        raise BadAnswerError(f"the list has {len(counts)} packages only")
    return counts


def _add(
    result: TableRefresh,
    rows: Sequence[Row],
    slug: str,
    package: str,
    counts: Mapping[str, int],
    first_of_month: date,
    days_counted: int,
) -> None:
    before = newest(rows, framework=slug, metric=METRIC, package=package)
    if before and before["date"] >= first_of_month.isoformat():
        return
    counted = counts[canonicalize_name(package)]
    per_day = round(counted / days_counted)
    result.rows.append(
        {
            "date": first_of_month.isoformat(),
            "framework": slug,
            "metric": METRIC,
            "value": str(counted),
            "unit": "downloads per window",
            "package": package,
            "window_days": str(days_counted),
            "scope": "calendar month, all installers",
            "value_per_day": str(per_day),
            "source": SOURCE,
            "grade": "A",
        }
    )
    old = before["value_per_day"] if before else ""
    result.changes.append(Change(slug, TABLE, "downloads per day", old, str(per_day), SOURCE))
