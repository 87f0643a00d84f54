"""The real data for tests: its folder, copies of it, and its documents with small tables."""

from __future__ import annotations

import copy
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from framework_picker.catalog.folder import read_documents
from framework_picker.catalog.loader import LoadedData, loaded_from
from framework_picker.catalog.problems import CatalogError, Problem, Report

DATA = Path(__file__).resolve().parent.parent.parent / "data"

# What a test that loads hundreds of times needs: each role, an add-on's base, the frameworks that
# use cases recommend and that share a signal, one without stars; and few rows of each table.
SOME_FRAMEWORKS = frozenset(
    {
        "django",
        "django-ninja",
        "django-rest-framework",
        "express",
        "fastapi",
        "flask",
        "reflex",
        "solara",
        "starlette",
    }
)
FEW_ROWS = 20


def data_copy(tmp_path: Path) -> Path:
    """A copy of the data folder, free to be changed."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def small_documents() -> dict[str, Any]:
    """Documents of the real data, free to be changed: some frameworks, some rows of each table."""
    return copy.deepcopy(_small_documents())


def load(documents: dict[str, Any]) -> LoadedData:
    """What documents add up to; raises CatalogError as start-up does."""
    return loaded_from(documents, "data", Report())


def problems_of(documents: dict[str, Any]) -> tuple[Problem, ...]:
    """Every problem the door reports for these documents."""
    try:
        load(documents)
    except CatalogError as error:
        return error.problems
    return ()


def lines_of(documents: dict[str, Any]) -> list[str]:
    """The same as the lines that people read."""
    return [str(problem) for problem in problems_of(documents)]


@cache
def _small_documents() -> dict[str, Any]:
    report = Report()
    documents = read_documents(DATA, report)
    assert report.problems == ()
    small: dict[str, Any] = {}
    for path, content in documents.items():
        room, _, name = path.rpartition("/")
        if room == "community":
            assert isinstance(content, list)
            small[path] = _few(content)
        elif name == "published.csv":
            assert isinstance(content, list)
            kinds = {(row["source"], row["metric"]): row for row in content}  # type: ignore[index, call-overload]
            small[path] = list(kinds.values())
        elif path == "claims/claims.yaml":
            small[path] = _quoted_claims(documents)
        elif room == "benchmarks":
            continue  # runs name frameworks that are left out here; tests bring their own
        elif room != "frameworks" or Path(name).stem in SOME_FRAMEWORKS:
            small[path] = content
    return small


def _quoted_claims(documents: Any) -> dict[str, Any]:
    """The claims that other files quote, each related to what is left of the others."""
    quoting = ("claims/subjects.yaml", "claims/examples.yaml", "use_cases.yaml", "performance.yaml")
    quoted = set(re.findall(r"C\d{3}", str([documents[path] for path in quoting])))
    file: dict[str, Any] = copy.deepcopy(documents["claims/claims.yaml"])
    file["claims"] = [claim for claim in file["claims"] if claim["id"] in quoted]
    for claim in file["claims"]:
        claim["related"] = [other for other in claim.get("related", []) if other in quoted]
    return file


def _few(rows: list[Any]) -> list[Any]:
    """Rows spread over the table, among them one of every kind that facts are derived from."""
    rows = [row for row in rows if row["framework"] in SOME_FRAMEWORKS]
    kinds: dict[tuple[str, ...], Any] = {}
    for row in rows:
        lacks_fix = "none" if row.get("fixed_versions") == "" else ""
        kind = (row["metric"], row.get("edition", ""), row.get("population", ""), lacks_fix)
        kinds.setdefault(kind, row)
    spread = rows[:: max(1, len(rows) // FEW_ROWS)]
    chosen = {id(row): row for row in (*kinds.values(), *spread)}
    return list(chosen.values())
