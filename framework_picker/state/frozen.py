"""A stored evaluation document as display-ready rows: the page of a decision computes no number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framework_picker import routes
from framework_picker.domain.document import Json
from framework_picker.domain.explain import whole
from framework_picker.domain.model import Catalog
from framework_picker.domain.rounding import rounded_parts
from framework_picker.state.ranking import RankingRow, kind, share_figure


@dataclass(frozen=True, slots=True)
class AnswerPair:
    """A question in short, and what was answered."""

    subject: str
    label: str


@dataclass(frozen=True, slots=True)
class OutRow:
    """Frameworks that were out for the same reasons."""

    names: str
    reasons: list[str]


def frozen_rows(document: Mapping[str, Json], catalog: Catalog) -> list[RankingRow]:
    """The ranking of a document in the form of the live one.

    Points are grouped by the groups of today; what a document calls otherwise goes to the last.
    """
    groups = list(catalog.groups)
    group_of = {
        str(entry["criterion"]): str(entry["group"]) for entry in entries(document, "weights")
    }
    return [_row(entry, groups, group_of, catalog) for entry in entries(document, "ranking")]


def answer_pairs(document: Mapping[str, Json]) -> list[AnswerPair]:
    """The answers in words."""
    return [
        AnswerPair(str(entry["subject"]), str(entry["label"]))
        for entry in entries(document, "answers_in_words")
    ]


def out_rows(document: Mapping[str, Json]) -> list[OutRow]:
    """Who was out, grouped by the same reasons, the largest group first."""
    names: dict[tuple[str, ...], list[str]] = {}
    for entry in entries(document, "excluded"):
        reasons = tuple(dict.fromkeys(str(reason["sentence"]) for reason in entry["reasons"]))
        names.setdefault(reasons, []).append(str(entry["name"]))
    ordered = sorted(names.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        OutRow(", ".join(sorted(group, key=str.casefold)), list(reasons))
        for reasons, group in ordered
    ]


def entries(document: Mapping[str, Json], name: str) -> list[Any]:
    """A list of the document; empty when it has none of that name."""
    found = document.get(name)
    return found if isinstance(found, list) else []


def profile_href(catalog: Catalog, slug: str) -> str:
    """The profile of a framework that is still listed, or the list of all."""
    is_listed = slug in catalog.alternatives
    return routes.framework(slug) if is_listed else routes.link(routes.FRAMEWORKS)


def _row(
    entry: Mapping[str, Any], groups: Sequence[str], group_of: Mapping[str, str], catalog: Catalog
) -> RankingRow:
    points = [0.0] * len(groups)
    for part in entry["contributions"]:
        group = group_of.get(part["criterion"], "")
        points[groups.index(group) if group in groups else -1] += part["points"]
    parts, total = rounded_parts(points, decimals=1)
    standing = entry.get("acceptability")
    slug = str(entry["slug"])
    known = catalog.alternatives.get(slug)
    marks = [
        str(entry.get("unverified_sentence", "")),
        str(entry.get("coverage_sentence", "")) if entry.get("has_thin_evidence") else "",
    ]
    return RankingRow(
        slug=slug,
        name=str(entry["name"]),
        kind=kind(known) if known else "",
        rank=str(entry["rank"]),
        score=whole(entry["score"]),
        parts=parts,
        total=total,
        low=f"{standing['score_low']:.1f}" if standing else "",
        high=f"{standing['score_high']:.1f}" if standing else "",
        first=share_figure(standing["first"]) if standing else "",
        best_for="",
        moved="",
        moved_words="",
        is_up=False,
        made_for="",
        marks=[mark for mark in marks if mark],
        own=" ".join(_own(part) for part in entry["contributions"] if part.get("own")),
        note="",
    )


def _own(part: Mapping[str, Any]) -> str:
    return f"{part['name']}: {part['own']['sentence']}"
