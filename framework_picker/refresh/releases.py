"""The releases of a package, from either form in which an index serves them.

What is known to mislead is not read: the ``info`` block of a record (it can be older than the
files), the order of uploads (the newest upload is not the newest version), file addresses (they
may be relative).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import InvalidVersion, Version

from framework_picker.refresh.answers import entries, items, text, yes_or_no
from framework_picker.refresh.errors import BadAnswerError

LONGEST_VERSION = 60
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class File:
    """One file of a release."""

    name: str
    uploaded: datetime
    is_withdrawn: bool
    requires_python: str

    @property
    def is_wheel(self) -> bool:
        """Whether pip prefers it."""
        return self.name.endswith(".whl")


@dataclass(frozen=True, slots=True)
class Release:
    """A version and its files."""

    version: Version
    files: tuple[File, ...]

    @property
    def is_withdrawn(self) -> bool:
        """Whether every file was withdrawn (yanked)."""
        return all(file.is_withdrawn for file in self.files)

    @property
    def day(self) -> date:
        """The day its first file came out, of those still offered if there are any."""
        offered = [file for file in self.files if not file.is_withdrawn]
        return min(file.uploaded for file in offered or self.files).date()

    @property
    def series(self) -> str:
        """Major and minor number: ``6.1``."""
        return series_of(self.version)

    @property
    def python_requires(self) -> str:
        """The Python versions accepted, as the wheels say it; empty where no file says anything.

        Raises:
            BadAnswerError: the range cannot be read.
        """
        offered = sorted(
            (file for file in self.files if not file.is_withdrawn),
            key=lambda file: not file.is_wheel,
        )
        for file in offered:
            if file.requires_python.strip():
                return spelled_range(file.requires_python)
        return ""


@dataclass(frozen=True, slots=True)
class History:
    """All releases of a package, oldest version first. ``citation`` says where this was read."""

    package: str
    releases: tuple[Release, ...]
    citation: str

    def stable(self) -> tuple[Release, ...]:
        """Releases that are neither withdrawn nor trials, oldest version first."""
        return tuple(
            release
            for release in self.releases
            if not release.is_withdrawn and not release.version.is_prerelease
        )

    def trials(self) -> tuple[Release, ...]:
        """Alpha, beta, candidate and development releases that are not withdrawn."""
        return tuple(
            release
            for release in self.releases
            if not release.is_withdrawn and release.version.is_prerelease
        )

    def newest(self, *, or_trial: bool = False) -> Release:
        """The release of the highest version that is stable.

        Args:
            or_trial: Take a trial release where there is no stable one.

        Raises:
            BadAnswerError: there is none.
        """
        found = self.stable() or (self.trials() if or_trial else ())
        if not found:
            raise BadAnswerError("no stable release is offered")
        return found[-1]

    def release(self, version: str) -> Release | None:
        """The release of this version; None without one."""
        wanted = version_in(version)
        return next((found for found in self.releases if found.version == wanted), None)

    def first_of_series(self) -> dict[str, date]:
        """The day each series began, withdrawn first releases included, oldest series first."""
        days: dict[str, date] = {}
        for release in self.releases:
            if release.version.is_prerelease:
                continue
            first = min(file.uploaded for file in release.files).date()
            days[release.series] = min(first, days.get(release.series, first))
        return days


def version_in(text: str) -> Version | None:
    """The version a text means; None where it is none, or absurdly long."""
    if len(text) > LONGEST_VERSION:
        return None
    try:
        return Version(text)
    except InvalidVersion:
        return None


def series_of(version: Version) -> str:
    """Major and minor number of a version: ``6.1`` for 6.1.3, ``5.0`` for 5."""
    major, minor = [*version.release, 0][:2]
    return f"{major}.{minor}"


def spelled_range(text: str) -> str:
    """A version range without needless spaces, in its own order.

    Raises:
        BadAnswerError: it is none.
    """
    if len(text) > LONGEST_NAME:
        raise BadAnswerError("the Python range is too long to be one")
    try:
        return ",".join(str(Specifier(part.strip())) for part in text.split(",") if part.strip())
    except InvalidSpecifier:
        raise BadAnswerError(f"the Python range {_quoted(text)} cannot be read") from None


def same_range(first: str, second: str) -> bool:
    """Whether two ranges say the same, in whatever order and spelling."""
    try:
        return SpecifierSet(first) == SpecifierSet(second)
    except InvalidSpecifier:
        return first == second


def history_of_record(record: object, package: str) -> History | None:
    """The releases in an answer of ``/pypi/NAME/json``; None where the record lists none at all.

    Some indexes serve the record without its list of releases.

    Raises:
        BadAnswerError: the answer is not of this form, is of another package, or cannot be true.
    """
    found = entries(record, "the record")
    information = entries(found.get("info"), "info")
    _check_name(information.get("name"), package)
    if "releases" not in found:
        return None
    by_version: dict[Version, list[File]] = {}
    for version, files in entries(found["releases"], "releases").items():
        for number, file in enumerate(items(files, f"releases.{version}"), start=1):
            place = f"releases.{version}[{number}]"
            content = entries(file, place)
            uploaded = content.get("upload_time_iso_8601") or content.get("upload_time")
            _add(
                by_version,
                version,
                File(
                    name=text(content.get("filename"), f"{place}.filename"),
                    uploaded=_moment(uploaded, f"{place}.upload_time"),
                    is_withdrawn=yes_or_no(content.get("yanked", False), f"{place}.yanked"),
                    requires_python=text(
                        content.get("requires_python") or "", f"{place}.requires_python"
                    ),
                ),
            )
    return _history(package, by_version, f"index-json:/pypi/{package}/json")


def history_of_files(listing: object, package: str) -> History:
    """The releases in an answer of the simple API as JSON.

    Raises:
        BadAnswerError: the answer is not of this form, is of another package, cannot be true, or
            has no upload times (older indexes leave them out).
    """
    found = entries(listing, "the list of files")
    _check_name(found.get("name"), package)
    by_version: dict[Version, list[File]] = {}
    for number, file in enumerate(items(found.get("files"), "files"), start=1):
        place = f"files[{number}]"
        content = entries(file, place)
        name = text(content.get("filename"), f"{place}.filename")
        version = _version_in(name, package)
        if version is None:
            continue
        if content.get("upload-time") is None:
            raise BadAnswerError("the list of files has no upload times")
        yanked = content.get("yanked", False)
        _add(
            by_version,
            version,
            File(
                name=name,
                uploaded=_moment(content["upload-time"], f"{place}.upload-time"),
                # A text is the reason why.
                is_withdrawn=isinstance(yanked, str) or yes_or_no(yanked, f"{place}.yanked"),
                requires_python=text(
                    content.get("requires-python") or "", f"{place}.requires-python"
                ),
            ),
        )
    return _history(package, by_version, f"index-files:{package}")


def check_plausible(history: History, today: date) -> None:
    """Nothing, when the history can be true on this day.

    Raises:
        BadAnswerError: a file comes from the future.
    """
    last = max(file.uploaded for release in history.releases for file in release.files)
    if last.date() > today:
        raise BadAnswerError(f"a file is dated {last.date().isoformat()}, which is yet to come")


def check_not_backwards(history: History, newest: Release, before: str) -> None:
    """Nothing, when the newest release may follow the one we knew.

    Going back is right only when the release we knew was withdrawn.

    Raises:
        BadAnswerError: it went backwards.
    """
    known = version_in(before)
    if known is None or newest.version >= known:
        return
    release = history.release(before)
    if release is None or not release.is_withdrawn:
        raise BadAnswerError(f"the newest version went back from {before} to {newest.version}")


def _history(package: str, by_version: Mapping[Version, list[File]], citation: str) -> History:
    releases = tuple(Release(version, tuple(by_version[version])) for version in sorted(by_version))
    if not releases:
        raise BadAnswerError("the list of releases is empty")
    return History(package, releases, citation)


def _add(by_version: dict[Version, list[File]], version: str, file: File) -> None:
    found = version_in(version)
    # One that is none is from before there were rules; pip does not see it either.
    if found is not None:
        by_version.setdefault(found, []).append(file)


_OLD_FORM = re.compile(r"(?P<rest>.+?)\.(egg|exe|msi|zip|tar\.bz2|tgz|tar\.Z|rpm|dmg|deb)")


def _version_in(file_name: str, package: str) -> str | None:
    """The version a file's name holds; None where it cannot be told."""
    if len(file_name) > LONGEST_NAME:
        return None
    try:
        if file_name.endswith(".whl"):
            return str(parse_wheel_filename(file_name)[1])
        if file_name.endswith((".tar.gz", ".zip")):
            return str(parse_sdist_filename(file_name)[1])
    except (InvalidWheelFilename, InvalidSdistFilename, InvalidVersion):
        return None
    match = _OLD_FORM.fullmatch(file_name)
    return _version_behind(match["rest"], package) if match else None


def _version_behind(stem: str, package: str) -> str | None:
    """The version in ``Flask-0.5-py2.6``: what follows the name, up to the next dash."""
    for at in _dashes(stem):
        if canonicalize_name(stem[:at]) == canonicalize_name(package):
            return stem[at + 1 :].partition("-")[0].partition(".linux")[0]
    return None


def _dashes(text: str) -> Iterator[int]:
    yield from (at for at, character in enumerate(text) if character == "-")


def _check_name(found: object, package: str) -> None:
    name = text(found, "name")
    if canonicalize_name(name) != canonicalize_name(package):
        raise BadAnswerError(f"the answer is about {_quoted(name)}")


def _moment(found: object, place: str) -> datetime:
    if isinstance(found, str):
        try:
            moment = datetime.fromisoformat(found)
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise BadAnswerError(f"{place} is no date")


def _quoted(text: str) -> str:
    line = "".join(character if character.isprintable() else " " for character in text)
    return f"“{line[:60]}”"
