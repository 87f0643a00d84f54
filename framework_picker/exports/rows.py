"""The ranking of a document as rows, for tables of every kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framework_picker.domain.explain import whole

Document = Mapping[str, Any]
"""An evaluation document (``domain/document.py``), as computed or as read back from JSON."""


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One framework that is ranked; figures as the page shows them."""

    slug: str
    name: str
    rank: int
    score: str
    first_of_hundred: str
    coverage: str
    mark: str


@dataclass(frozen=True, slots=True)
class ExcludedRow:
    """One framework that a must-have excludes, with every reason."""

    slug: str
    name: str
    reasons: tuple[str, ...]


def ranked_rows(document: Document) -> tuple[RankedRow, ...]:
    """The ranking, best first."""
    return tuple(
        RankedRow(
            slug=ranked["slug"],
            name=ranked["name"],
            rank=ranked["rank"],
            score=whole(ranked["score"]),
            first_of_hundred=_first(ranked),
            coverage=f"{100 * ranked['coverage']:.0f} %",
            mark=_mark(document, ranked),
        )
        for ranked in document["ranking"]
    )


def excluded_rows(document: Document) -> tuple[ExcludedRow, ...]:
    """The excluded ones, in the document's order."""
    return tuple(
        ExcludedRow(
            slug=excluded["slug"],
            name=excluded["name"],
            reasons=tuple(reason["sentence"] for reason in excluded["reasons"]),
        )
        for excluded in document["excluded"]
    )


def named(document: Document, slugs: Sequence[str]) -> list[str]:
    """The names of ranked frameworks; a slug that is not ranked stays as it is."""
    names = {ranked["slug"]: ranked["name"] for ranked in document["ranking"]}
    return [names.get(slug, slug) for slug in slugs]


def _first(ranked: Mapping[str, Any]) -> str:
    acceptability = ranked["acceptability"]
    return acceptability["first_of_hundred"] if acceptability else ""


def _mark(document: Document, ranked: Mapping[str, Any]) -> str:
    words: list[str] = []
    if len(document["ties"]) > 1 and ranked["slug"] in document["ties"]:
        words.append("tied for first")
    elif ranked["is_level_with_first"] and ranked["slug"] != document["winner"]:
        words.append("too close to call")
    if ranked["unverified"]:
        words.append("must-haves not verified")
    if ranked["dominated_by"]:
        words.append("beaten on everything")
    return ", ".join(words)
