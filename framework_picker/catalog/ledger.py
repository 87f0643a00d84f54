"""Drafts of the claims and of the published benchmarks, made into the domain's objects."""

from __future__ import annotations

from datetime import date

from framework_picker.catalog.checks.published import grade_in
from framework_picker.catalog.claim_shapes import (
    ClaimShape,
    DisputeShape,
    SettledShape,
    WorkloadShape,
)
from framework_picker.catalog.drafts import LedgerDraft, PublishedDraft
from framework_picker.catalog.frozen import FrozenMapping
from framework_picker.domain.claims import (
    Claim,
    ClaimSource,
    Dispute,
    Example,
    Ledger,
    Saying,
    Settled,
    Subject,
)
from framework_picker.domain.model import Grade
from framework_picker.domain.published import (
    Ended,
    NotCounted,
    Published,
    PublishedRow,
    Workload,
    WorkloadTest,
)


def assembled_ledger(draft: LedgerDraft) -> Ledger:
    """The claims ledger, empty where there are no claims. The draft must be free of faults."""
    if draft.head is None:
        return Ledger()
    sources = (
        ClaimSource(
            id=shape.id,
            slug=shape.slug,
            title=shape.title,
            publisher=shape.publisher,
            date=shape.date,
            author=shape.author,
            is_vendor=shape.vendor,
            note=shape.note,
        )
        for shape in draft.sources.values()
    )
    claims = sorted((_claim(shape) for shape in draft.claims.values()), key=lambda one: one.id)
    return Ledger(
        checked_on=draft.head.checked_on,
        topics=FrozenMapping(draft.head.topics),
        sources=FrozenMapping({source.id: source for source in sources}),
        claims=FrozenMapping({claim.id: claim for claim in claims}),
        subjects=tuple(
            Subject(
                id=shape.id,
                title=shape.title,
                why=shape.why,
                disputes=tuple(_dispute(question) for question in shape.questions),
            )
            for shape in draft.subjects.values()
        ),
        examples=tuple(Example(one.claim, one.sentence) for one in draft.examples.values()),
    )


def assembled_published(draft: PublishedDraft) -> Published:
    """The published benchmarks; none where there is no table. The draft must be free of faults."""
    rows = draft.table.rows if draft.table else ()
    return Published(
        rows=tuple(_row(dict(row)) for row in sorted(rows, key=lambda row: sorted(row.items()))),
        sources=FrozenMapping(draft.head.sources if draft.head else {}),
        workloads=FrozenMapping({shape.id: _workload(shape) for shape in draft.workloads.values()}),
        not_counted=tuple(
            NotCounted(source=one.source, why=one.why, test=one.test, server=one.server)
            for one in draft.not_counted.values()
        ),
        ended=tuple(Ended(one.source, one.on, one.why) for one in draft.head.ended)
        if draft.head
        else (),
    )


def _claim(shape: ClaimShape) -> Claim:
    return Claim(
        id=shape.id,
        slug=shape.slug,
        frameworks=tuple(shape.frameworks),
        topic=shape.topic,
        text=shape.claim,
        source=shape.source,
        source_line=shape.source_line,
        as_of=shape.as_of,
        verdict=shape.verdict,
        impact=shape.impact,
        evidence=tuple(shape.evidence),
        note=shape.note,
        value=shape.value or "",
        unit=shape.unit,
        claim_date=shape.claim_date,
        corrected=shape.corrected_value or "",
        also_in=tuple(shape.also_in),
        related=tuple(shape.related),
    )


def _dispute(shape: DisputeShape) -> Dispute:
    return Dispute(
        question=shape.question,
        says=tuple(Saying(one.claim, one.value) for one in shape.says),
        settled=_settled(shape.settled) if shape.settled else None,
    )


def _settled(shape: SettledShape) -> Settled:
    return Settled(
        framework=shape.framework or "",
        fact=shape.fact or "",
        value=shape.value or "",
        as_of=shape.as_of,
        by=tuple(shape.by),
    )


def _workload(shape: WorkloadShape) -> Workload:
    return Workload(
        id=shape.id,
        label=shape.label,
        meaning=shape.meaning,
        words=tuple(shape.words),
        tests=tuple(WorkloadTest(one.test, one.having) for one in shape.tests),
        scenarios=tuple(shape.scenarios),
        uses_database=shape.uses_database,
    )


def _row(row: dict[str, str]) -> PublishedRow:
    grade: Grade = grade_in(row["note"])  # type: ignore[assignment]
    return PublishedRow(
        source=row["source"],
        round=row["round_or_version"],
        on=date.fromisoformat(row["date"]),
        framework=row["framework"],
        version=row["framework_version"],
        server=row["server"],
        test=row["test"],
        metric=row["metric"],
        unit=row["unit"],
        value=float(row["value"]),
        place=row["source_url_or_repo_path"],
        commit=row["commit"],
        grade=grade,
        remarks=tuple(part.strip() for part in row["note"].split(";")[1:] if part.strip()),
    )
