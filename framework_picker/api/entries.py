"""The catalog, the claims and the benchmarks as the API answers them: plain JSON, nothing decided.

No value without its source and date: what was read always comes as ``evidence_entry`` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from framework_picker import routes
from framework_picker.domain.answers import answer_values
from framework_picker.domain.benchmark_choice import METRICS
from framework_picker.domain.benchmark_figures import Figure
from framework_picker.domain.claims import VERDICT_WORDS, Claim, Ledger
from framework_picker.domain.document import Json, evidence_entry, part_entry, plain
from framework_picker.domain.model import (
    Alternative,
    Capability,
    Catalog,
    Criterion,
    Fact,
    Observation,
    Part,
    Question,
)
from framework_picker.domain.published import PublishedRow
from framework_picker.domain.runs import BenchmarkSample
from framework_picker.domain.values import CriterionValue, ValueTable


def versions(catalog: Catalog) -> dict[str, Json]:
    """Which data an answer rests on."""
    return {"data_version": catalog.data_version, "data_as_of": catalog.as_of.isoformat()}


def questions(catalog: Catalog) -> dict[str, Json]:
    """The questionnaire."""
    asked = [_question(catalog, question) for question in catalog.questions.values()]
    return {**versions(catalog), "questions": list(asked)}


def criteria(catalog: Catalog) -> dict[str, Json]:
    """What frameworks are judged by."""
    return {
        **versions(catalog),
        "criteria": [_criterion(catalog, criterion) for criterion in catalog.criteria.values()],
        "capability_values": {
            state: float(worth) for state, worth in catalog.evidence.capability_value.items()
        },
    }


def frameworks(catalog: Catalog) -> dict[str, Json]:
    """Every framework, by slug."""
    return {
        **versions(catalog),
        "frameworks": [_summary(catalog.alternatives[slug]) for slug in catalog.alternatives],
    }


def framework(catalog: Catalog, table: ValueTable, slug: str) -> dict[str, Json]:
    """Everything known about one framework."""
    found = catalog.alternatives[slug]
    return {
        **versions(catalog),
        **_summary(found),
        "facts": [_fact(catalog, key, fact) for key, fact in sorted(found.facts.items())],
        "capabilities": [
            _capability(catalog, key, capability)
            for key, capability in sorted(found.capabilities.items())
        ],
        "values": [
            _value(criterion, cell) for criterion, cell in sorted(table.cells.get(slug, {}).items())
        ],
        "production_users": [_cited(user) for user in found.production_users],
        "limits": [_cited(limit) for limit in found.limits],
        "series": {
            name: [_observation(row) for row in rows] for name, rows in sorted(found.series.items())
        },
    }


def claims(catalog: Catalog, ledger: Ledger, found: Sequence[Claim]) -> dict[str, Json]:
    """These claims of the ledger."""
    return {
        **versions(catalog),
        "checked_on": ledger.checked_on.isoformat() if ledger.checked_on else None,
        "total": len(found),
        "claims": [_claim(ledger, claim) for claim in found],
    }


def published_row(sources: Mapping[str, str], row: PublishedRow) -> dict[str, Json]:
    """A figure that others have published."""
    return {
        "panel": "published",
        "framework": row.framework,
        "test": row.test,
        "metric": row.metric,
        "value": plain(row.value),
        "unit": row.unit,
        "as_of": row.on.isoformat(),
        "source": [entry for entry in (sources.get(row.source, row.source), row.place) if entry],
        "grade": row.grade,
        "run": row.round,
        "version": row.version,
        "server": row.server,
        "details": {
            "source_id": row.source,
            "commit": row.commit,
            "is_vendor": row.is_vendor,
            "remarks": "; ".join(row.remarks),
        },
    }


def measured_row(figure: Figure) -> dict[str, Json]:
    """One figure of our own harness: the median of its valid samples, and how far they lie apart.

    ``place`` is that of the group of equals. Requests per second come with their ratio to the bare
    server of the same rounds, where it was measured beside.
    """
    line, run = figure.line, figure.run
    details: dict[str, Json] = {
        "entry": line.entry.id,
        "label": line.entry.label,
        "database": figure.database,
        "mode": figure.mode,
        "connections": figure.connections,
        "rate": figure.rate_kind,
        "low": plain(line.low),
        "high": plain(line.high),
        "samples": len(line.points),
        "rejected": line.rejected,
        "place": line.place,
        "flags": ", ".join(line.flags),
        "is_preliminary": run.is_preliminary,
        "python": run.python,
        "machine": run.machine,
    }
    if line.has_ratio:
        details["ratio"] = plain(line.interval.median)
        details["ratio_low"] = plain(line.interval.low)
        details["ratio_high"] = plain(line.interval.high)
    return {
        "panel": "measured",
        "framework": line.entry.slug,
        "test": figure.test,
        "metric": figure.metric.id,
        "value": plain(line.median),
        "unit": figure.metric.unit,
        "as_of": run.as_of.isoformat(),
        "source": [f"data/benchmarks/{run.name}.json"],
        "grade": "A",
        "run": run.name,
        "version": run.version_of(line.entry),
        "server": figure.matrix,
        "details": details,
    }


def sample_row(sample: BenchmarkSample) -> dict[str, Json]:
    """One sample of requests per second, rejected ones among them."""
    return {
        "panel": "samples",
        "framework": sample.framework,
        "test": sample.scenario,
        "metric": "requests",
        "value": plain(float(sample.requests_per_second)),
        "unit": METRICS["requests"].unit,
        "as_of": sample.as_of.isoformat(),
        "source": [f"data/benchmarks/{sample.run}.json"],
        "grade": "A",
        "run": sample.run,
        "version": "",
        "server": sample.matrix,
        "details": {
            "entry": sample.entry,
            "mode": sample.mode,
            "database": sample.database,
            "connections": sample.connections,
            "round": sample.round,
            "is_valid": sample.is_valid,
            "why_rejected": sample.why_rejected,
            "flags": ", ".join(sample.flags),
            "machine": sample.machine,
        },
    }


def _question(catalog: Catalog, question: Question) -> dict[str, Json]:
    return {
        "id": question.id,
        "kind": question.kind,
        "text": question.text,
        "short": question.short,
        "why": question.why,
        "swing": question.swing,
        "feeds": list(question.feeds),
        "options": [
            {
                "id": option.id,
                "label": option.label,
                "meaning": option.meaning,
                "points": {name: float(points) for name, points in option.points.items()},
                "requires": list(option.requires),
                "includes": list(option.includes),
            }
            for option in question.options
        ],
        "answers": list(answer_values(catalog, question)),
    }


def _criterion(catalog: Catalog, criterion: Criterion) -> dict[str, Json]:
    return {
        "id": criterion.id,
        "name": criterion.name,
        "group": criterion.group,
        "group_name": catalog.groups[criterion.group].name,
        "meaning": criterion.meaning,
        "level_0": criterion.level_0,
        "level_100": criterion.level_100,
        "why_these_anchors": criterion.why_these_anchors,
        "best_grade": criterion.best_grade,
        "evidence": criterion.evidence,
        "parts": [_part(part) for part in criterion.parts],
    }


def _part(part: Part) -> dict[str, Json]:
    scale = part.value_function
    return {
        "id": part.id,
        "label": part.label,
        "share": plain(float(part.share)),
        "fact": part.fact,
        "capability": part.capability,
        "scale": None
        if scale is None
        else {
            "points": [[float(x), float(worth)] for x, worth in scale.points],
            "levels": None
            if scale.levels is None
            else {level: float(worth) for level, worth in scale.levels.items()},
            "scale": scale.scale,
        },
    }


def _summary(found: Alternative) -> dict[str, Json]:
    return {
        "slug": found.slug,
        "name": found.name,
        "role": found.role,
        "language": found.language,
        "package": found.package,
        "extends": found.extends,
        "as_of": found.as_of.isoformat(),
        "page": routes.framework(found.slug),
        "address": f"{routes.API}/v1/frameworks/{found.slug}",
    }


def _fact(catalog: Catalog, key: str, fact: Fact) -> dict[str, Json]:
    kind = catalog.fact_kinds[key]
    return {
        "key": key,
        "label": kind.label,
        "group": kind.group,
        "meaning": kind.meaning,
        **evidence_entry(fact),
        "note": fact.note,
        "checked_against": fact.checked_against,
    }


def _capability(catalog: Catalog, key: str, capability: Capability) -> dict[str, Json]:
    kind = catalog.capability_kinds[key]
    released = capability.package_released
    return {
        "key": key,
        "label": kind.label,
        "group": kind.group,
        "meaning": kind.meaning,
        **evidence_entry(capability),
        "note": capability.note,
        "checked_against": capability.checked_against,
        "is_partial": capability.is_partial,
        "is_stale": capability.is_stale,
        "package": capability.package,
        "package_version": capability.package_version,
        "package_released": released.isoformat() if released else None,
    }


def _value(criterion: str, cell: CriterionValue) -> dict[str, Json]:
    dates = [part.evidence.as_of for part in cell.parts if part.evidence is not None]
    return {
        "criterion": criterion,
        "value": plain(cell.value),
        "is_known": cell.is_known,
        "grade": cell.grade,
        "half_width": plain(cell.half_width),
        "as_of": min(dates).isoformat() if dates else None,
        "parts": [part_entry(part) for part in cell.parts],
    }


def _cited(fact: Fact) -> dict[str, Json]:
    return {**evidence_entry(fact), "note": fact.note}


def _observation(row: Observation) -> dict[str, Json]:
    return {
        "metric": row.metric,
        "value": plain(row.value),
        "unit": row.unit,
        "as_of": row.on.isoformat(),
        "source": [row.source],
        "grade": row.grade,
        "details": dict(row.details),
    }


def _claim(ledger: Ledger, claim: Claim) -> dict[str, Json]:
    article = ledger.sources[claim.source]
    return {
        "id": claim.id,
        "page": routes.claim(claim.id),
        "text": claim.text,
        "frameworks": list(claim.frameworks),
        "topic": claim.topic,
        "article": {
            "slug": article.slug,
            "name": article.name,
            "title": article.title,
            "publisher": article.publisher,
            "date": article.date,
            "is_vendor": article.is_vendor,
        },
        "also_in": [ledger.sources[source].slug for source in claim.also_in],
        "source": [f"{article.name}, line {claim.source_line}"],
        "as_of": claim.as_of,
        "value": claim.value,
        "unit": claim.unit,
        "claim_date": claim.claim_date,
        "verdict": claim.verdict,
        "verdict_words": VERDICT_WORDS[claim.verdict],
        "impact": claim.impact,
        "corrected": claim.corrected,
        "note": claim.note,
        "evidence": list(claim.evidence),
        "related": list(claim.related),
    }
