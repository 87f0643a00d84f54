"""What must not be: values without source and date, in views, in the catalog and in documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import reflex as rx

from framework_picker.domain.claims import Ledger
from framework_picker.domain.model import Capability, Catalog, Fact, Observation
from framework_picker.domain.published import Published
from framework_picker.domain.readings import NOT_VERIFIED
from framework_picker.domain.receipts import Receipt
from framework_picker.domain.workings import PartWorking
from framework_picker.state.receipts import NOT_SCORED, NOTHING, ShownReceipt, shown_receipt

VALUES = ("value", "reading", "requests_per_second")
"""Names under which a document says a value."""

DATES = ("as_of", "date", "on")
SOURCES = ("source", "sources", "evidence")
PARTS = ("parts", "contributions")
"""A computed value names the values it was computed from instead of a source of its own."""


def bare_in_catalog(catalog: Catalog, ledger: Ledger, published: Published) -> list[str]:
    """Every fact, capability, row and claim without a source or a date."""
    found: list[str] = []
    for slug, one in catalog.alternatives.items():
        entries: list[tuple[str, Fact | Capability]] = [
            *((f"{slug}.facts.{key}", fact) for key, fact in one.facts.items()),
            *((f"{slug}.capabilities.{key}", entry) for key, entry in one.capabilities.items()),
            *((f"{slug}.users[{n}]", fact) for n, fact in enumerate(one.production_users)),
            *((f"{slug}.limits[{n}]", fact) for n, fact in enumerate(one.limits)),
        ]
        found += [
            name for name, entry in entries if not _has_words(entry.source) or not entry.as_of
        ]
        found += [
            f"{slug}.series.{table}[{place}]"
            for table, rows in one.series.items()
            for place, row in enumerate(rows)
            if not _is_backed(row)
        ]
    found += [
        f"published: {row.source}, {row.framework}, {row.test}"
        for row in published.rows
        if not (row.source and row.place and row.on)
    ]
    for claim in ledger.claims.values():
        article = ledger.sources.get(claim.source)
        if not (article and article.name and article.date and claim.note):
            found.append(f"claim {claim.id}")
        if claim.verdict in ("confirmed", "outdated", "contradicted") and not claim.evidence:
            found.append(f"claim {claim.id}: a verdict without evidence")
    return found


def bare_in_view(view: object, path: str = "view") -> Iterator[str]:
    """Every receipt and every part of a working in a view that has no source or no date."""
    if isinstance(view, Receipt):
        if view.subject and not view.is_whole and view.reading != NOT_VERIFIED:
            yield f"{path}: {view.subject}"
        return
    if isinstance(view, PartWorking):
        if view.reading != NOT_VERIFIED and not (view.sources and view.as_of):
            yield f"{path}: {view.label}"
        return
    if is_dataclass(view) and not isinstance(view, type):
        for field in fields(view):
            yield from bare_in_view(getattr(view, field.name), f"{path}.{field.name}")
    elif isinstance(view, Mapping):
        for key, entry in view.items():
            yield from bare_in_view(entry, f"{path}.{key}")
    elif isinstance(view, Sequence) and not isinstance(view, str | bytes):
        for place, entry in enumerate(view):
            yield from bare_in_view(entry, f"{path}[{place}]")


def bare_in_document(document: object, path: str = "document") -> Iterator[str]:
    """Every value of a JSON document that names no source or no date, and is not unknown."""
    if isinstance(document, Mapping):
        says = [name for name in VALUES if document.get(name) not in (None, "")]
        is_unknown = document.get("is_known") is False or document.get("reading") == NOT_VERIFIED
        if says and not is_unknown:
            backed = any(document.get(name) for name in (*SOURCES, *PARTS))
            dated = any(document.get(name) for name in DATES)
            if not backed or not dated:
                yield f"{path}.{says[0]}"
        for key, entry in document.items():
            yield from bare_in_document(entry, f"{path}.{key}")
    elif isinstance(document, Sequence) and not isinstance(document, str | bytes):
        for place, entry in enumerate(document):
            yield from bare_in_document(entry, f"{path}[{place}]")


def fault_of(receipt_id: str, answers: Mapping[str, str]) -> str:
    """What is wrong with the receipt of an id; empty where it has source and date.

    What was computed must say from what, and lead to how; every line of it is followed.
    """
    shown = shown_receipt(receipt_id, answers)
    if shown is NOTHING:
        return f"{receipt_id}: there is no such receipt"
    if shown.origin_href:
        return _fault_of_computed(receipt_id, shown, answers)
    if shown.receipt.reading == NOT_VERIFIED:
        return ""
    if not shown.receipt.is_whole:
        return f"{receipt_id}: no source or no date"
    return "" if shown.receipt.evidence else f"{receipt_id}: no grade"


def receipt_ids(component: rx.Component) -> set[str]:
    """The ids of all receipts that a page opens; those that only a state knows are left out."""
    found = set()
    for part in _parts(component):
        words = str(part.custom_attrs.get("data-receipt", "")) if part.custom_attrs else ""
        words = words or str(getattr(part, "data_receipt", "") or "")
        if words:
            found.add(words.strip('"'))
    return found


def _fault_of_computed(receipt_id: str, shown: ShownReceipt, answers: Mapping[str, str]) -> str:
    if not shown.receipt.as_of:
        return f"{receipt_id}: no date"
    for fault in bare_in_view(shown.parts, receipt_id):
        return fault
    for line in shown.lines:
        if line.receipt == receipt_id:
            return f"{receipt_id}: made of itself"
        if fault := fault_of(line.receipt, answers):
            return fault
    is_outside = shown.receipt.reading == NOT_SCORED
    return "" if shown.parts or shown.lines or is_outside else f"{receipt_id}: made of nothing"


def _has_words(sources: Sequence[str]) -> bool:
    return bool(sources) and all(source.strip() for source in sources)


def _is_backed(row: Observation) -> bool:
    return bool(row.source.strip() and row.on)


def _parts(component: Any) -> Iterator[Any]:
    yield component
    for child in component.children:
        if isinstance(child, rx.Component):
            yield from _parts(child)
