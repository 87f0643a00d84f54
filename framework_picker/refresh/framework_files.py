"""One framework's file against the releases of its packages: what to write, what changed.

Release facts are written again. Of capabilities and measurements only the newest version of a
companion package is; what was judged or measured stays, with the series it was checked against
once a newer one is out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from packaging.utils import canonicalize_name
from packaging.version import Version

from framework_picker.catalog.documents import Plain
from framework_picker.refresh.changes import Change, Mark, Skip
from framework_picker.refresh.edits import Edit
from framework_picker.refresh.errors import BadAnswerError
from framework_picker.refresh.releases import (
    History,
    Release,
    check_not_backwards,
    same_range,
    series_of,
    version_in,
)

Entries: TypeAlias = "dict[str, Plain]"

WHAT_COUNTS = "pre-releases and yanked releases left out; all maintained series counted"

_WINDOW = re.compile(r"\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d")
_SERIES_LIST = re.compile(r"\d+\.\d+(, \d+\.\d+)*")
_OWN_PACKAGE = re.compile(r"(?:absence-search:)?pkg:[a-z]+/(?P<name>[^@#]+)@(?P<version>[^#]+)")
_SAID = "said on "


@dataclass(frozen=True, slots=True)
class Reading:
    """What the index says for one fact. ``note`` None leaves the note to whoever wrote it."""

    key: str
    value: str | int
    unit: str = ""
    note: str | None = None


@dataclass(slots=True)
class FileRefresh:
    """What to do with one framework's file."""

    edits: list[Edit] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    confirmed: int = 0


def companion_names(document: Entries) -> Iterator[tuple[str, str]]:
    """Capability and companion package, wherever a version of it is on record."""
    for key, entry in _entries(document.get("capabilities")).items():
        capability = _entries(entry)
        if "package_version" in capability or "package_released" in capability:
            yield key, str(capability.get("package", ""))


def support_end(document: Entries) -> list[Plain]:
    """The support windows that the file itself has; empty without any."""
    windows = _entries(_entries(document["facts"]).get("support_end")).get("value")
    return windows if isinstance(windows, list) else []


def refreshed(
    document: Entries,
    history: History | BadAnswerError,
    companions: Mapping[str, History | BadAnswerError],
    today: date,
) -> FileRefresh:
    """What to write into a framework's file.

    Args:
        document: The file's content.
        history: The framework's own releases, or why they cannot be had.
        companions: The same for each companion package, by the name in the file.
        today: The day of the refresh.
    """
    result = FileRefresh()
    if isinstance(history, BadAnswerError):
        result.skips.append(Skip(str(document["slug"]), str(history)))
    else:
        _refresh_releases(document, history, today, result)
    for key, package in companion_names(document):
        found = companions[package]
        if isinstance(found, BadAnswerError):
            what = f"{document['slug']}: capabilities.{key}, {package}"
            result.skips.append(Skip(what, str(found)))
        else:
            _refresh_companion(document, key, found, result)
    if result.edits and str(document["as_of"]) < today.isoformat():
        result.edits.append(Edit(("as_of",), today.isoformat()))
    return result


def readings(history: History, newest: Release, today: date) -> list[Reading]:
    """The release facts of a day, in the order of the files; without the Python range."""
    start = a_year_before(today)

    def is_recent(day: date) -> bool:
        return start <= day <= today

    recent = [release for release in history.stable() if is_recent(release.day)]
    new_series = [series for series, day in history.first_of_series().items() if is_recent(day)]
    trials = [release for release in history.trials() if is_recent(release.day)]
    window = f"{start.isoformat()} to {today.isoformat()}; {WHAT_COUNTS}"
    return [
        Reading("latest_release", str(newest.version)),
        Reading("latest_release_date", newest.day.isoformat()),
        Reading("releases_12m", len(recent), "stable releases", window),
        Reading(
            "feature_series_12m", len(new_series), "new major.minor series", ", ".join(new_series)
        ),
        Reading("prereleases_12m", len(trials), "pre-releases"),
    ]


def a_year_before(day: date) -> date:
    """The same day of the year before; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _refresh_releases(
    document: Entries, history: History, today: date, result: FileRefresh
) -> None:
    slug = str(document["slug"])
    facts = _entries(document["facts"])
    known = str(_entries(facts.get("latest_release")).get("value", ""))
    try:
        newest = history.newest()
        check_not_backwards(history, newest, known)
    except BadAnswerError as error:
        result.skips.append(Skip(slug, str(error)))
        return
    found = readings(history, newest, today)
    try:
        if newest.python_requires:
            found.append(Reading("python_requires", newest.python_requires))
        elif "python_requires" in facts:
            raise BadAnswerError(f"{newest.version} names no Python versions")
    except BadAnswerError as error:
        result.skips.append(Skip(f"{slug}: facts.python_requires", str(error)))
    after = ""
    for reading in found:
        if reading.key in facts:
            _refresh_fact(slug, _entries(facts[reading.key]), reading, history, today, result)
            after = reading.key
        elif reading.key != "prereleases_12m" or reading.value:
            _add_fact(slug, reading, history, today, after, result)
            after = reading.key
    _mark(document, newest, known, result)
    _look_at_support_dates(document, newest, result)


def _refresh_fact(
    slug: str,
    entry: Entries,
    reading: Reading,
    history: History,
    today: date,
    result: FileRefresh,
) -> None:
    place = ("facts", reading.key)
    old = entry.get("value")
    is_same = _is_same(reading.key, old, reading.value)
    if is_same and str(entry["as_of"]) >= today.isoformat():
        result.confirmed += 1
        return
    if is_same:
        result.confirmed += 1
    else:
        result.edits.append(Edit((*place, "value"), reading.value))
        result.changes.append(
            Change(
                slug,
                ".".join(place),
                reading.key,
                str(old),
                str(reading.value),
                history.citation,
            )
        )
    if str(entry["as_of"]) != today.isoformat():
        result.edits.append(Edit((*place, "as_of"), today.isoformat()))
    if entry.get("source") != [history.citation]:
        result.edits.append(Edit((*place, "source"), [history.citation]))
    note = str(entry.get("note", ""))
    said = f"{_SAID}{entry['as_of']}" + ("" if is_same else f" of {old}")
    new_note = _note(note, reading, said)
    if new_note != note:
        result.edits.append(Edit((*place, "note"), new_note or None))


def _note(note: str, reading: Reading, said: str) -> str:
    """The note beside a new reading. What somebody wrote beside the one before is kept as such."""
    is_ours = not note or bool(
        _WINDOW.match(note) if reading.key == "releases_12m" else _SERIES_LIST.fullmatch(note)
    )
    if reading.note is not None and is_ours:
        # Words that somebody put behind the two dates stay.
        behind = note.partition("; ")[2]
        return f"{reading.note.partition('; ')[0]}; {behind}" if behind else reading.note
    if not note or note.startswith(_SAID):
        return note
    return f"{said}: {note}"


def _add_fact(
    slug: str, reading: Reading, history: History, today: date, after: str, result: FileRefresh
) -> None:
    entry: Entries = {"value": reading.value}
    if reading.unit:
        entry["unit"] = reading.unit
    entry["as_of"] = today.isoformat()
    entry["source"] = [history.citation]
    if reading.note:
        entry["note"] = reading.note
    result.edits.append(Edit(("facts", reading.key), entry, after))
    result.changes.append(
        Change(slug, f"facts.{reading.key}", reading.key, "", str(reading.value), history.citation)
    )


def _refresh_companion(document: Entries, key: str, history: History, result: FileRefresh) -> None:
    slug = str(document["slug"])
    place = ("capabilities", key)
    capability = _entries(_entries(document["capabilities"])[key])
    package = str(capability["package"])
    version = str(capability.get("package_version", ""))
    released = str(capability.get("package_released", ""))
    try:
        newest = history.newest(or_trial=True)
        check_not_backwards(history, newest, version)
    except BadAnswerError as error:
        result.skips.append(Skip(f"{slug}: {'.'.join(place)}, {package}", str(error)))
        return
    new_version, new_day = str(newest.version), newest.day.isoformat()
    after = "package"
    is_confirmed = True
    for name, words, old, new in (
        ("package_version", "newest release", version, new_version),
        ("package_released", "day of its newest release", released, new_day),
    ):
        if not _is_same(name, old, new):
            is_confirmed = False
            result.edits.append(Edit((*place, name), new, after))
            field_name = ".".join((*place, name))
            label = f"{package}, {words}"
            result.changes.append(Change(slug, field_name, label, old, new, history.citation))
        after = name
    result.confirmed += is_confirmed
    note = str(capability.get("note", ""))
    if released and released != new_day and released in note:
        # Some notes repeat the date.
        result.edits.append(Edit((*place, "note"), note.replace(released, new_day)))


def _mark(document: Entries, newest: Release, known: str, result: FileRefresh) -> None:
    """Marks what was read from or measured on an older series than the newest one."""
    before = version_in(known)
    if before is None or series_of(before) == newest.series:
        return
    series_before = series_of(before)
    package = canonicalize_name(str(document["package"]))
    marked: dict[str, int] = {}
    for section in ("facts", "capabilities"):
        for key, found in _entries(document[section]).items():
            entry = _entries(found)
            series = _checked_series(_sources(entry), package, series_before)
            is_measured = any(source.startswith("measured:") for source in _sources(entry))
            is_ours_to_mark = section == "capabilities" or is_measured
            if "checked_against" in entry or not is_ours_to_mark or series == newest.series:
                continue
            result.edits.append(Edit((section, key, "checked_against"), series))
            marked[series] = marked.get(series, 0) + 1
    slug = str(document["slug"])
    result.marks.extend(
        Mark(slug, series, newest.series, count) for series, count in marked.items()
    )


def _checked_series(sources: Sequence[str], package: str, series_before: str) -> str:
    """The series of the framework's own package that an entry's sources name, the newest of them.

    Where they name none it is the series that was the newest when the entry was written.
    """
    versions: list[Version] = []
    for source in sources:
        match = _OWN_PACKAGE.match(source)
        if match and canonicalize_name(match["name"]) == package:
            version = version_in(match["version"])
            versions += [] if version is None else [version]
    return series_of(max(versions)) if versions else series_before


def _look_at_support_dates(document: Entries, newest: Release, result: FileRefresh) -> None:
    for window in support_end(document):
        entry = _entries(window)
        match = re.match(r"\d{1,9}\.\d{1,9}", str(entry.get("series", "")))
        if match and entry.get("planned") is True and Version(match[0]) <= Version(newest.series):
            result.by_hand.append(
                f"{document['slug']}: series {match[0]} is out, facts.support_end still has it "
                "as planned"
            )


def _is_same(key: str, old: Plain, new: Plain) -> bool:
    if key == "python_requires":
        return same_range(str(old), str(new))
    if key in ("latest_release", "package_version"):
        before = version_in(str(old))
        if before is not None:
            return before == version_in(str(new))
    return str(old) == str(new)


def _sources(entry: Entries) -> list[str]:
    found = entry.get("source")
    return [str(source) for source in found] if isinstance(found, list) else []


def _entries(found: Plain) -> Entries:
    return found if isinstance(found, dict) else {}
