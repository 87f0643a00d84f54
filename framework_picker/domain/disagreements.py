"""What other sources say about a fact of ours: all of it is shown, whichever we use.

Three kinds of facts have more than one source here: stars are counted by several public lists, on
different days; support dates stand in the project's own pages and in a public table; and articles
say numbers of their own, which the claims ledger has checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from framework_picker.domain.claims import VERDICT_WORDS, Dispute, Ledger
from framework_picker.domain.measures import published_date
from framework_picker.domain.model import Alternative, Catalog, Fact, FactKind, Observation
from framework_picker.domain.readings import number, window
from framework_picker.domain.receipts import OtherReading
from framework_picker.domain.sources import SourceLine, source_line
from framework_picker.domain.staleness import age_words, stale_days, stale_words

SUPPORT_FACT, SUPPORT_TABLE = "support_end", "support_windows"
_WINDOW_METRICS = {
    "mainstream_support_end": "mainstream",
    "security_support_end": "security",
}


def other_readings(
    catalog: Catalog, ledger: Ledger, slug: str, key: str
) -> tuple[OtherReading, ...]:
    """Every other reading of a fact, the newest first; nothing where there is one source only."""
    kind, alternative = catalog.fact_kinds.get(key), catalog.alternatives.get(slug)
    fact = alternative.facts.get(key) if alternative is not None else None
    if kind is None or alternative is None or fact is None:
        return ()
    found = [
        *_other_counts(kind, fact, alternative, catalog.as_of),
        *(_other_windows(fact, alternative) if key == SUPPORT_FACT else ()),
        *_articles(ledger, alternative, key),
    ]
    return tuple(sorted(found, key=lambda one: one.as_of, reverse=True))


def _other_counts(
    kind: FactKind, fact: Fact, alternative: Alternative, as_of: date
) -> list[OtherReading]:
    """The newest count of every public list that also counts it."""
    rule: Mapping[str, object] = kind.derive or {}
    if rule.get("kind") != "newest" or rule.get("column", "value") != "value" or rule.get("where"):
        return []
    rows = [
        row
        for row in alternative.series.get(str(rule.get("table")), ())
        if row.metric == rule.get("metric") and isinstance(row.value, int | float)
    ]
    newest: dict[str, Observation] = {}
    for row in rows:
        newest[_list_of(row.source)] = row  # rows stand oldest first
    return [
        OtherReading(
            reading=f"{number(float(row.value))} {row.unit}".strip(),
            as_of=row.on.isoformat(),
            source=source_line(row.source),
            remark=_age_remark(row.on, as_of, kind),
        )
        for name, row in newest.items()
        if name not in map(_list_of, fact.source) and isinstance(row.value, int | float)
    ]


def _age_remark(on: date, as_of: date, kind: FactKind) -> str:
    days = stale_days(on, as_of, kind.stale_after_days)
    return stale_words(days) or age_words((as_of - on).days)


def _list_of(source: str) -> str:
    """The repository that a citation of a public list names."""
    return source.partition(":")[0]


def _other_windows(fact: Fact, alternative: Alternative) -> list[OtherReading]:
    """The dates of the public table for every series that our fact has dates for, too."""
    rows = alternative.series.get(SUPPORT_TABLE, ())
    if any(row.source in fact.source for row in rows):
        rows = tuple(row for row in rows if row.source not in fact.source)
    by_series: dict[str, dict[str, Observation]] = {}
    for row in rows:
        if row.metric in _WINDOW_METRICS:
            by_series.setdefault(row.details.get("series", ""), {})[row.metric] = row
    found = []
    for entry in fact.value if isinstance(fact.value, tuple) else ():
        if not isinstance(entry, Mapping):
            continue
        dates = by_series.get(str(entry.get("series", "")).removesuffix(" LTS"))
        if not dates:
            continue
        theirs: dict[object, object] = {
            key: str(dates[metric].value)
            for metric, key in _WINDOW_METRICS.items()
            if metric in dates
        }
        first = next(iter(dates.values()))
        found.append(
            OtherReading(
                reading=window({"series": entry.get("series", ""), **theirs}),
                as_of=first.on.isoformat(),
                source=source_line(first.source),
                remark=_window_remark(entry, theirs),
            )
        )
    return found


def _window_remark(ours: Mapping[object, object], theirs: Mapping[object, object]) -> str:
    """Whether two entries name the same days; a month without a day means its last day."""
    shared = [key for key in theirs if ours.get(key)]
    differing = [
        key for key in shared if published_date(str(ours[key])) != published_date(str(theirs[key]))
    ]
    if not differing:
        return "the same"
    words = {"mainstream": "ordinary fixes", "security": "security fixes"}
    return f"differs on {' and '.join(words[str(key)] for key in differing)}"


def _articles(ledger: Ledger, alternative: Alternative, key: str) -> list[OtherReading]:
    """What articles say where this fact settles a question of the ledger."""
    found = []
    for dispute in _disputes(ledger, alternative.slug, key):
        for saying in dispute.says:
            claim = ledger.claims.get(saying.claim)
            article = ledger.sources.get(claim.source) if claim is not None else None
            if claim is not None and article is not None:
                found.append(
                    OtherReading(
                        reading=saying.value,
                        as_of=article.date,
                        source=SourceLine(article.name),
                        remark=VERDICT_WORDS[claim.verdict],
                        claim=claim.id,
                    )
                )
    return found


def _disputes(ledger: Ledger, slug: str, key: str) -> Sequence[Dispute]:
    return [
        dispute
        for subject in ledger.subjects
        for dispute in subject.disputes
        if dispute.settled is not None
        and (dispute.settled.framework, dispute.settled.fact) == (slug, key)
    ]
