"""The data folder: which files there are, and what each says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from framework_picker.catalog.documents import (
    Plain,
    csv_rows,
    json_content,
    read_text,
    yaml_content,
)
from framework_picker.catalog.problems import Report, listed

SINGLE_FILES = (
    "catalog",
    "facts",
    "evidence",
    "criteria",
    "questions",
    "presets",
    "use_cases",
)

OPTIONAL_FILES = ("performance",)
"""Files without which less is said, but everything is judged as with them."""

RAW_OUTPUT = ".raw.json.gz"
"""Ends the name of a file beside a benchmark run: what the tools printed, which is not read."""

FIXED_ROOMS = {
    "claims": ("claims.yaml", "examples.yaml", "sources.yaml", "subjects.yaml"),
    "published": ("published.csv", "reading.yaml"),
}
"""Folders whose files have fixed names. The folder may be absent; where it is there, all are."""


def read_documents(folder: Path, report: Report) -> dict[str, Plain]:
    """Every data file's content by its path inside the folder; None where it cannot be read."""
    if not folder.is_dir():
        report.add(folder.name, "", "a folder with the data files", "none")
        return {}
    documents: dict[str, Plain] = {}
    for name in SINGLE_FILES:
        path = f"{name}.yaml"
        if not (folder / path).is_file():
            report.add(f"{folder.name}/{path}", "", "a file", "none")
            documents[path] = None
        else:
            documents[path] = _content(folder, path, yaml_content, report)
    for name in OPTIONAL_FILES:
        if (folder / f"{name}.yaml").is_file():
            documents[f"{name}.yaml"] = _content(folder, f"{name}.yaml", yaml_content, report)
    known = [f"{name}.yaml" for name in (*SINGLE_FILES, *OPTIONAL_FILES)]
    _refuse_others(folder, "*.y*ml", known, report)
    for room, suffix, read in (
        ("frameworks", ".yaml", yaml_content),
        ("community", ".csv", csv_rows),
        ("benchmarks", ".json", json_content),
    ):
        for path in _files_in(folder, room, suffix, report):
            documents[path] = _content(folder, path, read, report)
    for room, names in FIXED_ROOMS.items():
        for path in _named_files_in(folder, room, names, report):
            read = csv_rows if path.endswith(".csv") else yaml_content
            documents[path] = _content(folder, path, read, report)
    if not any(path.startswith("frameworks/") for path in documents):
        report.add(f"{folder.name}/frameworks", "", "a file per framework", "none")
    return documents


def _content(
    folder: Path,
    path: str,
    read: Callable[[str, str, Report], object],
    report: Report,
) -> Plain:
    file = f"{folder.name}/{path}"
    text = read_text(folder / path, file, report)
    if text is None:
        return None
    content: Plain = read(text, file, report)  # type: ignore[assignment]
    return content


def _files_in(folder: Path, room: str, suffix: str, report: Report) -> list[str]:
    """Paths of the files of a kind in one folder; anything else there would go unread."""
    if not (folder / room).is_dir():
        return []
    paths: list[str] = []
    for entry in sorted((folder / room).iterdir()):
        if entry.name.startswith(".") or entry.suffix == ".md":
            continue
        if room == "benchmarks" and entry.name.endswith(RAW_OUTPUT):
            continue
        if entry.suffix == suffix and entry.is_file():
            paths.append(f"{room}/{entry.name}")
        else:
            report.add(
                f"{folder.name}/{room}/{entry.name}",
                "",
                f"a file ending in {suffix}",
                "something that would go unread",
            )
    return paths


def _named_files_in(folder: Path, room: str, names: tuple[str, ...], report: Report) -> list[str]:
    """Paths of the files that belong into a folder; a missing one is reported, and any other."""
    if not (folder / room).is_dir():
        return []
    for entry in sorted((folder / room).iterdir()):
        if entry.name not in names and not entry.name.startswith(".") and entry.suffix != ".md":
            report.add(f"{folder.name}/{room}/{entry.name}", "", listed(names), "another file")
    paths = []
    for name in names:
        if (folder / room / name).is_file():
            paths.append(f"{room}/{name}")
        else:
            report.add(f"{folder.name}/{room}/{name}", "", "a file", "none")
    return paths


def _refuse_others(folder: Path, pattern: str, known: list[str], report: Report) -> None:
    for entry in sorted(folder.glob(pattern)):
        if entry.name not in known:
            report.add(f"{folder.name}/{entry.name}", "", listed(known), "a file of another name")
