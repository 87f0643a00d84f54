"""Citations in words for people, as links where they are addresses.

The forms are those of the fact catalog (``docs/data.md``): web addresses, files inside a published
package (``pkg:``), records of a package index, searches that found nothing, and measurements.
Community tables cite files of public repositories as ``owner/repository:path@commit``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One citation, ready to show. ``href`` is empty where there is no address to go to."""

    text: str
    href: str = ""


MEASUREMENTS = {
    "install": "a plain install into an empty environment",
    "import-time": "import timed by Python itself, median of five",
    "idle-memory": "memory after one request and a pause",
    "hello-world": "the smallest app, written and run for this catalog",
    "reflex-web": "the generated web folder after an export",
    "npm-install": "a plain install into an empty folder",
}
"""What was done for each ``measured:`` citation."""

_GITHUB_FILE = re.compile(
    r"https://github\.com/(?P<repository>[^/]+/[^/]+)/blob/(?P<commit>[0-9a-f]{7,40})/"
    r"(?P<path>[^#]+)(?:#L(?P<line>\d+))?"
)
_REPOSITORY_FILE = re.compile(
    r"(?P<repository>[\w.-]+/[\w.-]+):(?P<path>[^@]+)@(?P<commit>[0-9a-f]{7,40})"
)
_PACKAGE = re.compile(
    r"pkg:(?P<index>[a-z]+)/(?P<name>[^@#]+)@(?P<version>[^#]+)(?:#(?P<path>.+))?"
)
_ABSENCE = re.compile(
    r"absence-search:(?P<package>pkg:[^#]+)#(?P<folders>[^:]*):(?P<pattern>/.*/[a-z]*)\s*=\s*"
    r"0 hits in (?P<files>.+)"
)
_LINE = re.compile(r":L(\d+)$")


def source_lines(citations: Iterable[str]) -> tuple[SourceLine, ...]:
    """Every citation once, in the order given; a citation that joins two files becomes two."""
    parts = (part.strip() for citation in citations for part in _split(citation))
    return tuple(dict.fromkeys(source_line(part) for part in parts if part))


def source_line(citation: str) -> SourceLine:
    """One citation in words, with its address where it has one.

    A form that is not known is shown as it stands, without a link. Only https is ever linked.
    """
    if citation.startswith("https://"):
        return _address(citation)
    if citation.startswith("pkg:"):
        return SourceLine(_package_words(citation))
    if citation.startswith("index-json:"):
        name, field = _record(citation.removeprefix("index-json:"))
        return SourceLine(f"record of {name} in the Python package index{field}")
    if citation.startswith("index-files:"):
        name = citation.removeprefix("index-files:")
        return SourceLine(f"list of the files of {name} in the Python package index")
    if citation.startswith("npm-json:"):
        name, field = _record(citation.removeprefix("npm-json:"))
        return SourceLine(f"record of {name} in the npm registry{field}")
    if citation.startswith("measured:"):
        method = citation.removeprefix("measured:")
        return SourceLine(f"measured for this catalog: {MEASUREMENTS.get(method, method)}")
    if citation.startswith("absence-search:"):
        return SourceLine(_absence_words(citation))
    if citation.startswith("editorial"):
        reason = citation.removeprefix("editorial").lstrip(": ")
        return SourceLine(f"our judgement: {reason}" if reason else "our judgement")
    if citation.startswith("page: "):
        address = citation.removeprefix("page: ")
        return SourceLine(_shortened(address), f"https://{quote(address, safe='/:?&=%#~.-_')}")
    found = _REPOSITORY_FILE.fullmatch(citation)
    if found:
        repository, path, commit = found["repository"], found["path"], found["commit"]
        return SourceLine(
            f"{repository}, {path} at {commit[:7]}",
            f"https://github.com/{repository}/blob/{commit}/{quote(path)}",
        )
    return SourceLine(citation)


def _split(citation: str) -> list[str]:
    parts = citation.split(";")
    all_files = len(parts) > 1 and all(_REPOSITORY_FILE.fullmatch(part) for part in parts)
    return parts if all_files else [citation]


def _address(citation: str) -> SourceLine:
    found = _GITHUB_FILE.fullmatch(citation)
    if found:
        line = f", line {found['line']}" if found["line"] else ""
        text = f"{found['repository']}, {unquote(found['path'])}{line} at {found['commit'][:7]}"
        return SourceLine(text, citation)
    parts = urlsplit(citation)
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    return SourceLine(f"{parts.netloc}{path}", citation)


def _package_words(citation: str) -> str:
    found = _PACKAGE.fullmatch(citation)
    if not found:
        return citation
    words = f"package {found['name']} {found['version']}"
    path = found["path"]
    if not path:
        return words
    if path == "METADATA":
        return f"{words}, its metadata"
    line = _LINE.search(path)
    if line:
        return f"{words}, {path[: line.start()]}, line {line[1]}"
    return f"{words}, {path}"


def _absence_words(citation: str) -> str:
    found = _ABSENCE.fullmatch(citation)
    if not found:
        return citation
    folders = " and ".join(found["folders"].split("+"))
    return (
        f"{_package_words(found['package'])}: a search of {found['files']} in {folders} "
        f"for {found['pattern']} finds nothing"
    )


def _record(path: str) -> tuple[str, str]:
    """The package's name, and the field that was read, as ``, field NAME``."""
    address, _, field = path.partition("#")
    names = [part for part in address.split("/") if part and part not in ("pypi", "json")]
    return "/".join(names) or address, f", field {field}" if field else ""


def _shortened(address: str, most: int = 70) -> str:
    return address if len(address) <= most else f"{address[: most - 1]}…"
