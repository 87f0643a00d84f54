"""Data releases: everything the data files said on a day, in one file that never changes.

A saved decision names the data version it rests on; the release of that version lets it be replayed
years later. A release holds the content of every data file, compressed, and a SHA-256 over that
content, of which the data version is the beginning: a file that was damaged or replaced is refused.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from framework_picker.catalog.documents import Plain, json_content
from framework_picker.catalog.folder import read_documents
from framework_picker.catalog.loader import LoadedData, loaded_from
from framework_picker.catalog.problems import CatalogError, Report
from framework_picker.catalog.version import SHOWN_DIGITS, content_hash

FOLDER = "releases"
"""Inside the data folder, where it is no data, and inside the folder of what the app writes."""

SUFFIX = ".json.xz"
FORMAT = 1
LARGEST_FILE = 8_000_000
LARGEST_CONTENT = 96_000_000
"""Bytes. The data of November 2026 takes 0.25 MB, and 8 MB unpacked."""
MOST_MEMORY = 128_000_000

_VERSION = re.compile(rf"[0-9a-f]{{{SHOWN_DIGITS}}}")
_PRESET = 6 | lzma.PRESET_EXTREME


class ReleaseError(Exception):
    """A data release that cannot be used; the message says which and why."""


def release_file(version: str, folders: Iterable[Path]) -> Path | None:
    """The file of a data version, from the first of the folders that has one; None without one."""
    if not _VERSION.fullmatch(version):
        return None
    files = (folder / f"{version}{SUFFIX}" for folder in folders)
    return next((file for file in files if file.is_file()), None)


def load_release(file: Path) -> LoadedData:
    """What the data said that day, behind the same checks as today's.

    Raises:
        ReleaseError: the file is damaged, or is not what its name says.
        CatalogError: this version of the app can no longer use data of that form.
    """
    return loaded_from(_documents(file), file.name, Report())


def write_release(data_folder: Path, target: Path) -> Path:
    """The file of today's data in the target folder; one that is there already stays as it is.

    It appears under its name as a whole or not at all.

    Raises:
        CatalogError: the data cannot be used.
        ReleaseError: there is a file of that name, and it is damaged.
        OSError: the folder cannot be written.
    """
    report = Report()
    documents = read_documents(data_folder, report)
    loaded = loaded_from(documents, data_folder.name, report)
    version = loaded.catalog.data_version
    file = target / f"{version}{SUFFIX}"
    if file.exists():
        _documents(file)
        return file
    packed = _packed(documents, loaded.catalog.as_of.isoformat())
    target.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{version}-", dir=target)
    half_written = Path(name)
    try:
        with os.fdopen(handle, "wb") as output:
            output.write(packed)
            output.flush()
            os.fsync(output.fileno())
        half_written.chmod(0o644)
        half_written.replace(file)
    finally:
        half_written.unlink(missing_ok=True)
    return file


def _packed(documents: Mapping[str, Plain], as_of: str) -> bytes:
    """Equal files give equal bytes; the order of names inside a file stays, for it may be shown."""
    digest = content_hash(documents)
    content = {
        "format": FORMAT,
        "data_version": digest[:SHOWN_DIGITS],
        "as_of": as_of,
        "sha256": digest,
        "documents": dict(sorted(documents.items())),
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return lzma.compress(text.encode(), check=lzma.CHECK_SHA256, preset=_PRESET)


def _documents(file: Path) -> dict[str, Plain]:
    """The content of every data file, after a look at whether it is what it says it is."""
    report = Report()
    content = json_content(_unpacked(file), file.name, report)
    if report.problems:
        raise ReleaseError(str(CatalogError(report.problems)))
    if not isinstance(content, dict) or not isinstance(content.get("documents"), dict):
        raise ReleaseError(f"{file.name} holds no data release")
    if content.get("format") != FORMAT:
        raise ReleaseError(f"{file.name} has a form that this version of the app does not know")
    documents = content["documents"]
    assert isinstance(documents, dict)
    digest = content_hash(documents)
    if content.get("sha256") != digest or file.name != f"{digest[:SHOWN_DIGITS]}{SUFFIX}":
        raise ReleaseError(f"{file.name} does not hold the data that its name promises")
    return documents


def _unpacked(file: Path) -> str:
    """The text inside, of which no more is unpacked than a release may hold."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise ReleaseError(f"{file.name} is larger than any data release")
        unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MOST_MEMORY)
        text = unpacker.decompress(file.read_bytes(), LARGEST_CONTENT)
        if not unpacker.eof:
            raise ReleaseError(f"{file.name} is cut off, or holds more than any data release")
        return text.decode()
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise ReleaseError(f"{file.name} cannot be unpacked: {error}") from error
