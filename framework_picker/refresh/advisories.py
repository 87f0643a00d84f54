"""Security advisories on each framework's package, from the OSV database.

Only those of the Python packaging advisory database become rows: that is what the table counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from packaging.utils import canonicalize_name
from packaging.version import Version

from framework_picker.refresh.answers import day, entries, items, text
from framework_picker.refresh.changes import Change
from framework_picker.refresh.cvss import base_score, severity
from framework_picker.refresh.errors import BadAnswerError
from framework_picker.refresh.progress import Progress
from framework_picker.refresh.releases import History, version_in
from framework_picker.refresh.tables import Row, TableRefresh, one_line
from framework_picker.refresh.web import Web

TABLE = "advisories"
ECOSYSTEM = "PyPI"
MOST_PAGES = 50

_COUNTED = "PYSEC-"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{2,60}")


def reread(
    web: Web,
    progress: Progress,
    *,
    address: str,
    rows: Sequence[Row],
    package_by_slug: Mapping[str, str],
    history_by_package: Mapping[str, object],
    today: date,
) -> TableRefresh:
    """A row for every advisory that the table does not have under any of its names."""
    result = TableRefresh(TABLE)

    def ask(slug: str) -> None:
        package = package_by_slug[slug]
        known = set(_known(rows, slug))
        added: list[dict[str, str]] = []
        elsewhere: list[str] = []
        for item in _all_pages(web, address, package):
            advisory = entries(item, "an advisory")
            identifier = text(advisory.get("id"), "id")
            if not _ID.fullmatch(identifier):
                raise BadAnswerError("an advisory has no proper id")
            if advisory.get("withdrawn"):
                continue
            if not _affected(advisory, package):
                raise BadAnswerError(f"{identifier} is about another package")
            names = {identifier, *_aliases(advisory)}
            if names & known:
                continue
            if not identifier.startswith(_COUNTED):
                elsewhere.append(identifier)
                continue
            known |= names
            releases = history_by_package.get(package)
            history = releases if isinstance(releases, History) else None
            added.append(_row(advisory, slug, package, history, today))
        # One advisory may come under several names in the same answer.
        left = sorted(name for name in elsewhere if name not in known)
        if left:
            result.by_hand.append(
                f"{slug}: not in the Python advisory database, but in OSV: {', '.join(left)}"
            )
        result.rows.extend(added)
        result.changes.extend(
            Change(slug, TABLE, "advisory", "", f"{row['id']}, {row['summary']}", row["source"])
            for row in added
        )

    result.ask_each("advisories", list(package_by_slug), ask, progress)
    return result


def _all_pages(web: Web, address: str, package: str) -> Iterator[object]:
    question: dict[str, object] = {"package": {"name": package, "ecosystem": ECOSYSTEM}}
    for _ in range(MOST_PAGES):
        answer = entries(web.json(f"{address}/query", question=question).content, "the answer")
        # No advisory at all is an answer without a list.
        yield from items(answer.get("vulns", []), "vulns")
        token = answer.get("next_page_token")
        if not token:
            return
        question["page_token"] = text(token, "next_page_token")
    raise BadAnswerError("the answer has no end")


def _known(rows: Iterable[Row], slug: str) -> Iterator[str]:
    for row in rows:
        if row["framework"] == slug:
            yield from row["id"].split(";")
            yield from filter(None, row["aliases"].split(";"))


def _aliases(advisory: Mapping[str, object]) -> list[str]:
    found = [text(item, "aliases") for item in items(advisory.get("aliases", []), "aliases")]
    return sorted(name for name in found if _ID.fullmatch(name))


def _row(
    advisory: Mapping[str, object],
    slug: str,
    package: str,
    history: History | None,
    today: date,
) -> dict[str, str]:
    identifier = text(advisory["id"], "id")
    published = day(advisory.get("published"), f"{identifier}, published")
    if published > today:
        raise BadAnswerError(f"{identifier} is dated {published.isoformat()}, yet to come")
    aliases = _aliases(advisory)
    year = next((name[4:8] for name in aliases if re.match(r"CVE-\d{4}-", name)), "")
    vector = _vector(advisory)
    score = base_score(vector)
    fixed = sorted(_fixed(advisory, package))
    row = {
        "date": published.isoformat(),
        "framework": slug,
        "metric": "advisory",
        "value": "" if score is None else f"{score:.1f}",
        "unit": "CVSS 3 base score",
        "package": package,
        "id": identifier,
        "aliases": ";".join(aliases),
        "cve_year": year,
        "summary": _summary(advisory),
        "severity": "" if score is None else severity(score),
        "cvss_vector": vector,
        "fixed_versions": ";".join(str(version) for version in fixed),
        "date_kind": "publication",
        "source": f"https://osv.dev/vulnerability/{identifier}",
        "grade": "B",
    }
    fixes = [release for v in fixed if history and (release := history.release(str(v)))]
    if fixes and history:
        first = min(release.day for release in fixes)
        row["first_fix_date"] = first.isoformat()
        row["first_fix_source"] = history.citation
        row["days_publication_to_fix"] = str((first - published).days)
    return row


def _summary(advisory: Mapping[str, object]) -> str:
    words = one_line(text(advisory.get("summary") or advisory.get("details") or "", "summary"))
    # A cell that begins like this is a formula to a spreadsheet.
    return words.lstrip("=+@-") or "no summary given"


def _vector(advisory: Mapping[str, object]) -> str:
    for item in items(advisory.get("severity", []), "severity"):
        entry = entries(item, "severity")
        score = entry.get("score")
        if entry.get("type") == "CVSS_V3" and isinstance(score, str):
            return score if base_score(score) is not None else ""
    return ""


def _affected(advisory: Mapping[str, object], package: str) -> list[Mapping[str, object]]:
    """What the advisory says of the package."""
    found: list[Mapping[str, object]] = []
    for item in items(advisory.get("affected", []), "affected"):
        affected = entries(item, "affected")
        about = entries(affected.get("package", {}), "affected.package")
        name = about.get("name")
        is_ours = isinstance(name, str) and canonicalize_name(name) == canonicalize_name(package)
        if is_ours and about.get("ecosystem") == ECOSYSTEM:
            found.append(affected)
    return found


def _fixed(advisory: Mapping[str, object], package: str) -> set[Version]:
    versions: set[Version] = set()
    for affected in _affected(advisory, package):
        for found in items(affected.get("ranges", []), "ranges"):
            span = entries(found, "ranges")
            if span.get("type") != "ECOSYSTEM":
                continue
            for event in items(span.get("events", []), "events"):
                version = entries(event, "events").get("fixed")
                found_version = version_in(version) if isinstance(version, str) else None
                versions |= set() if found_version is None else {found_version}
    return versions
