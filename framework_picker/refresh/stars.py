"""Stars and forks of each framework's repository, counted today by the host of the repository."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from framework_picker.refresh.answers import count, entries
from framework_picker.refresh.changes import Change
from framework_picker.refresh.errors import BadAnswerError
from framework_picker.refresh.progress import Progress
from framework_picker.refresh.tables import Row, TableRefresh, newest
from framework_picker.refresh.web import Web

TABLE = "stars"
API_VERSION = "2022-11-28"
METRICS = (("stars", "stargazers_count"), ("forks", "forks_count"))

_REPOSITORY = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")


def repositories(rows: Sequence[Row], slugs: Sequence[str]) -> dict[str, str]:
    """The repository of each framework whose stars have been counted before."""
    found: dict[str, str] = {}
    for slug in slugs:
        row = newest(rows, framework=slug, metric="stars")
        if row is not None and _REPOSITORY.fullmatch(row.get("repository", "")):
            found[slug] = row["repository"]
    return found


def recounted(
    web: Web,
    progress: Progress,
    *,
    address: str,
    token: str,
    rows: Sequence[Row],
    slugs: Sequence[str],
    today: date,
) -> TableRefresh:
    """A row of stars and one of forks per repository, at most once a day."""
    result = TableRefresh(TABLE)
    headers = {"accept": "application/vnd.github+json", "x-github-api-version": API_VERSION}
    if token:
        headers["authorization"] = f"Bearer {token}"
    repository_by_slug = repositories(rows, slugs)

    def ask(slug: str) -> None:
        repository = repository_by_slug[slug]
        answer = web.json(f"{address}/repos/{repository}", headers=headers)
        found = entries(answer.content, "the repository")
        source = f"https://github.com/{repository}"
        added: list[dict[str, str]] = []
        changes: list[Change] = []
        for metric, name in METRICS:
            before = newest(rows, framework=slug, metric=metric, repository=repository)
            counted = count(found.get(name), name)
            old = before["value"] if before else ""
            _check_plausible(metric, old, counted)
            if before and before["date"] == today.isoformat() and before["source"] == source:
                continue
            added.append(
                {
                    "date": today.isoformat(),
                    "framework": slug,
                    "metric": metric,
                    "value": str(counted),
                    "unit": metric,
                    "repository": repository,
                    "source": source,
                    "grade": "A",
                }
            )
            if metric == "stars" and old != str(counted):
                changes.append(Change(slug, TABLE, metric, old, str(counted), source))
        result.rows.extend(added)
        result.changes.extend(changes)

    result.ask_each("stars", list(repository_by_slug), ask, progress)
    return result


def _check_plausible(metric: str, old: str, counted: int) -> None:
    """Stars come slowly and hardly ever go."""
    try:
        before = float(old)
    except ValueError:
        return
    if counted < before / 2 or counted > 3 * before + 1000:
        raise BadAnswerError(f"{metric} went from {old} to {counted}")
