"""Checks on the claims ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from framework_picker.catalog.checks.criteria import report_repeated
from framework_picker.catalog.claim_shapes import ClaimShape, DisputeShape
from framework_picker.catalog.drafts import Draft
from framework_picker.catalog.problems import Report, shown

DISAGREEING = "conflicting-between-sources"

_FIRST_DAY = "-01-01"


def ids_and_slugs_are_unique(draft: Draft, report: Report) -> None:
    for stem, where, named in (
        (
            "claims",
            "the claims",
            [(p, n) for p, c in draft.ledger.claims.items() for n in _names(c)],
        ),
        (
            "sources",
            "the articles",
            [(p, n) for p, s in draft.ledger.sources.items() for n in (s.id, s.slug)],
        ),
        ("subjects", "the subjects", [(p, s.id) for p, s in draft.ledger.subjects.items()]),
    ):
        report_repeated(named, _file(draft, stem), where, report)


def claims_name_known_frameworks(draft: Draft, report: Report) -> None:
    if not draft.frameworks:
        return
    for place, claim in draft.ledger.claims.items():
        for slug in claim.frameworks:
            if slug not in draft.slugs:
                report.add(
                    _file(draft, "claims"),
                    f"{place}.frameworks",
                    "the slug of a framework",
                    shown(slug),
                )


def claims_have_a_known_topic(draft: Draft, report: Report) -> None:
    if draft.ledger.head is None:
        return
    for place, claim in draft.ledger.claims.items():
        if claim.topic not in draft.ledger.head.topics:
            report.add(
                _file(draft, "claims"),
                f"{place}.topic",
                "one of the topics at the top of the file",
                shown(claim.topic),
            )


def claims_name_known_articles(draft: Draft, report: Report) -> None:
    """And are as old as the article they are taken from."""
    file = _file(draft, "claims")
    by_id = {source.id: source for source in draft.ledger.sources.values()}
    for place, claim in draft.ledger.claims.items():
        if draft.ledger.source_ids is not None:
            for field, name in (("source", claim.source), *(("also_in", n) for n in claim.also_in)):
                if name not in draft.ledger.source_ids:
                    report.add(
                        file,
                        f"{place}.{field}",
                        "the id of an article in sources.yaml",
                        shown(name),
                    )
        if len({claim.source, *claim.also_in}) <= len(claim.also_in):
            report.add(
                file, f"{place}.also_in", "each other article once", shown(list(claim.also_in))
            )
        source = by_id.get(claim.source)
        if source is not None and source.date != claim.as_of:
            report.add(
                file, f"{place}.as_of", f"the date of the article, {source.date}", claim.as_of
            )


def dates_are_not_in_the_future(draft: Draft, report: Report) -> None:
    if draft.catalog is None:
        return
    today = draft.catalog.as_of
    until = f"a date up to {today.isoformat()} (as_of in catalog.yaml)"
    if draft.ledger.head is not None and draft.ledger.head.checked_on > today:
        checked = draft.ledger.head.checked_on.isoformat()
        report.add(_file(draft, "claims"), "checked_on", until, checked)
    for place, source in draft.ledger.sources.items():
        if _begins(source.date) > today:
            report.add(_file(draft, "sources"), f"{place}.date", until, source.date)
    for place, question in _disputes(draft):
        if question.settled and question.settled.as_of and question.settled.as_of > today:
            when = question.settled.as_of.isoformat()
            report.add(_file(draft, "subjects"), f"{place}.settled.as_of", until, when)


def related_claims_point_both_ways(draft: Draft, report: Report) -> None:
    if draft.ledger.claim_ids is None:
        return
    file = _file(draft, "claims")
    by_id = {claim.id: claim for claim in draft.ledger.claims.values()}
    for place, claim in draft.ledger.claims.items():
        report_repeated(
            [(f"{place}.related", other) for other in (claim.id, *claim.related)],
            file,
            "the claim and those related to it",
            report,
        )
        for other in claim.related:
            if other not in draft.ledger.claim_ids:
                report.add(file, f"{place}.related", "the id of a claim", shown(other))
            elif other in by_id and claim.id not in by_id[other].related:
                report.add(
                    file,
                    f"claims[{other}].related",
                    f"{claim.id}, which names it as related",
                    shown(list(by_id[other].related)),
                )


def what_is_corrected_was_wrong(draft: Draft, report: Report) -> None:
    """A contradicted claim without a corrected value or a note would leave people with nothing."""
    for place, claim in draft.ledger.claims.items():
        if claim.verdict == "contradicted" and claim.corrected_value is None:
            report.add(
                _file(draft, "claims"),
                f"{place}.corrected_value",
                "what the evidence says instead",
                "nothing",
            )


def subjects_quote_known_claims(draft: Draft, report: Report) -> None:
    if draft.ledger.claim_ids is None:
        return
    file = _file(draft, "subjects")
    by_id = {claim.id: claim for claim in draft.ledger.claims.values()}
    quoted: set[str] = set()
    for place, question in _disputes(draft):
        settled = question.settled.by if question.settled else []
        named = [(f"{place}.says", saying.claim) for saying in question.says]
        quoted |= {name for _, name in named}
        for field, name in [*named, *((f"{place}.settled.by", name) for name in settled)]:
            if name not in draft.ledger.claim_ids:
                report.add(file, field, "the id of a claim", shown(name))
        articles = {by_id[name].source for _, name in named if name in by_id}
        if len(articles) < 2 and all(name in by_id for _, name in named):
            report.add(file, f"{place}.says", "claims of at least two articles", "one article")
    if len(draft.ledger.claims) < len(draft.ledger.claim_ids) or not draft.ledger.subjects:
        return
    for claim in draft.ledger.claims.values():
        if claim.verdict == DISAGREEING and claim.id not in quoted:
            report.add(
                file, "subjects", f"{claim.id} in one of them: its sources disagree", "nowhere"
            )


def questions_are_settled_in_one_way(draft: Draft, report: Report) -> None:
    file = _file(draft, "subjects")
    for place, question in _disputes(draft):
        settled = question.settled
        if settled is None:
            continue
        by_fact = [settled.framework, settled.fact]
        by_claims = [settled.value, settled.as_of, settled.by or None]
        if not ((all(by_fact) and not any(by_claims)) or (all(by_claims) and not any(by_fact))):
            report.add(
                file, f"{place}.settled", "framework and fact, or value, as_of and by", "a mixture"
            )
        elif settled.framework and draft.frameworks and settled.framework not in draft.slugs:
            report.add(
                file,
                f"{place}.settled.framework",
                "the slug of a framework",
                shown(settled.framework),
            )
        elif settled.fact and draft.fact_keys is not None and settled.fact not in draft.fact_keys:
            report.add(
                file,
                f"{place}.settled.fact",
                "a fact listed in facts.yaml",
                shown(settled.fact),
            )


def examples_quote_known_claims(draft: Draft, report: Report) -> None:
    if draft.ledger.claim_ids is None:
        return
    for place, example in draft.ledger.examples.items():
        if example.claim not in draft.ledger.claim_ids:
            report.add(
                _file(draft, "examples"),
                f"{place}.claim",
                "the id of a claim",
                shown(example.claim),
            )


def use_cases_quote_known_claims(draft: Draft, report: Report) -> None:
    if draft.ledger.claim_ids is None:
        return
    for place, use_case in draft.use_cases.items():
        for name in use_case.claims:
            if name not in draft.ledger.claim_ids:
                report.add(
                    draft.file("use_cases"),
                    f"{place}.claims",
                    "the id of a claim in claims/claims.yaml",
                    shown(name),
                )


CHECKS = (
    ids_and_slugs_are_unique,
    claims_name_known_frameworks,
    claims_have_a_known_topic,
    claims_name_known_articles,
    dates_are_not_in_the_future,
    related_claims_point_both_ways,
    what_is_corrected_was_wrong,
    subjects_quote_known_claims,
    questions_are_settled_in_one_way,
    examples_quote_known_claims,
    use_cases_quote_known_claims,
)


def _file(draft: Draft, stem: str) -> str:
    return f"{draft.name}/claims/{stem}.yaml"


def _names(claim: ClaimShape) -> tuple[str, str]:
    return (claim.id, claim.slug)


def _disputes(draft: Draft) -> Iterator[tuple[str, DisputeShape]]:
    for place, subject in draft.ledger.subjects.items():
        for number, question in enumerate(subject.questions, start=1):
            yield f"{place}.questions[{number}]", question


def _begins(published: str) -> date:
    """The first day that a published date can mean."""
    return date.fromisoformat(f"{published}{_FIRST_DAY[(len(published) - 4) :]}")
