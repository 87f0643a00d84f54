"""The evaluation document: everything that follows from one set of answers, as plain JSON.

The page, the JSON API, the exports, the command line and saved decisions all take their numbers
from the same evaluation; this is the form in which it leaves the process and is kept for years. It
needs nothing else to be read: names, sentences, sources and dates are inside. PRODUCT section 4
lists what it holds; ``docs/api.md`` says what each field means.

Equal answers and equal data give the same document, byte for byte (``canonical_json``): every list
has a defined order, and numbers are rounded to ``DIGITS`` digits after the point, far below what
anybody shows and above what machines add up differently.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from framework_picker.domain.answers import (
    answer_label,
    answer_subject,
)
from framework_picker.domain.evaluation import (
    METHOD_VERSION,
    Evaluation,
    Excluded,
    Ranked,
    Reason,
    Relaxation,
)
from framework_picker.domain.explain import (
    coverage_sentence,
    dominated_sentence,
    own_value_sentence,
    relaxation_sentence,
    unverified_sentence,
)
from framework_picker.domain.headline import headline
from framework_picker.domain.importance import tuned
from framework_picker.domain.model import (
    Alternative,
    Capability,
    Catalog,
    Fact,
    Rule,
)
from framework_picker.domain.outlook_rows import Flip, NextQuestion, Outlook, Standing
from framework_picker.domain.outlook_words import (
    error_factor_sentence,
    interval_sentence,
    next_question_sentence,
    of_hundred,
    shaky_sentence,
    sureness_sentence,
)
from framework_picker.domain.overrides import overridden
from framework_picker.domain.readings import NOT_VERIFIED, capability_words, with_unit
from framework_picker.domain.relaxing import relaxing_changes
from framework_picker.domain.scoring import POINT_DIGITS
from framework_picker.domain.values import CriterionValue, PartValue, ValueTable
from framework_picker.domain.verdict import verdict

__all__ = [
    "METHOD_VERSION",
    "SCHEMA_VERSION",
    "Json",
    "canonical_json",
    "evaluation_document",
    "evidence_entry",
    "part_entry",
    "plain",
]

SCHEMA_VERSION = 1
"""Rises when a field changes its meaning or goes away; a new field leaves it as it is."""

DIGITS = POINT_DIGITS
BAND_DIGITS = 1
"""The ends of bands come from samples in single precision; this many digits are shown of them."""

LATEST = "latest_release"
SUPPORT_END = "support_end"

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


def evaluation_document(
    catalog: Catalog,
    table: ValueTable,
    evaluation: Evaluation,
    look: Outlook,
    *,
    notices: Sequence[str] = (),
) -> dict[str, Json]:
    """The document of one evaluation.

    ``table`` is the catalog's own, ``look`` the outlook of the evaluation with all samples.
    ``notices``: what was left out of the answers on the way in, one sentence each.
    """
    is_answered = verdict(catalog, evaluation).kind != "unanswered"
    said = headline(catalog, evaluation, look if is_answered else None)
    own = overridden(table, evaluation.answers)
    asks = look.next_questions
    return {
        "schema_version": SCHEMA_VERSION,
        "method_version": evaluation.method_version,
        "data_version": evaluation.data_version,
        "data_as_of": catalog.as_of.isoformat(),
        "status": look.status,
        "answers": dict(evaluation.answers),
        "answers_in_words": [
            {
                "question": name,
                "subject": answer_subject(catalog, name),
                "answer": value,
                "label": answer_label(catalog, name, value),
            }
            for name, value in evaluation.answers.items()
        ],
        "notices": list(notices),
        "is_answered": is_answered,
        "sentence": said.sentence,
        "details": list(said.dek),
        "sureness": sureness_sentence(catalog, evaluation, look),
        "winner": evaluation.winner,
        "ties": list(evaluation.joint_winners),
        "runner_up": evaluation.runner_up,
        "split_with": look.split_with or None,
        "weights": _weights(catalog, evaluation),
        "ranking": [
            _ranked(catalog, evaluation, ranked, look.standings.get(ranked.slug), own)
            for ranked in evaluation.ranking
        ],
        "excluded": [_excluded(catalog, excluded) for excluded in evaluation.excluded],
        "unranked": [
            {"slug": slug, "name": catalog.alternatives[slug].name} for slug in evaluation.unranked
        ],
        "relaxations": [
            _relaxation(catalog, evaluation, relaxation) for relaxation in evaluation.relaxations
        ],
        "flips": [_flip(flip) for flip in look.flips],
        "must_have_flips": [_flip(flip) for flip in look.must_have_flips],
        "no_flip_sentence": look.no_flip_sentence,
        "next_question": _question(catalog, asks[0]) if asks else None,
        "open_questions": [_question(catalog, question) for question in asks],
        "settled": look.proof.is_settled,
        "proof": {
            "sentence": look.proof.sentence,
            "rivals": list(look.proof.rivals),
            "beaten": list(look.proof.beaten),
            "can_change_first": list(look.proof.can_change_first),
            "is_evidence_proven": look.proof.is_evidence_proven,
            "is_probably_settled": look.proof.is_probably_settled,
        },
        "robustness": {
            "samples": look.samples if look.is_available else 0,
            "words": look.words,
            "first": [
                {
                    "slug": standing.slug,
                    "name": catalog.alternatives[standing.slug].name,
                    "share": _number(standing.first_share),
                    "of_hundred": of_hundred(standing.first_share),
                }
                for standing in look.standings.values()
            ],
            "shortlist": list(look.shortlist),
            "error_factor": _number(look.error_factor),
            "nearest_rival": look.nearest_rival or None,
            "error_factor_sentence": error_factor_sentence(catalog, look),
            "entropy_bits": _number(look.entropy),
        },
        "intervals": [
            {
                "question": interval.question,
                "name": answer_subject(catalog, interval.question),
                "points": _number(interval.points),
                "low": _number(interval.low),
                "high": _number(interval.high),
                "below": list(interval.below),
                "above": list(interval.above),
                "sentence": interval_sentence(catalog, interval),
            }
            for interval in look.intervals
        ],
        "worth_checking": [
            {
                "slug": shaky.slug,
                "criterion": shaky.criterion,
                "rival": shaky.rival,
                "change": _number(shaky.change),
                "room": _number(shaky.room),
                "is_known": shaky.is_known,
                "sentence": shaky_sentence(catalog, look, shaky),
            }
            for shaky in look.shaky
        ],
        "other_methods": [
            {
                "method": check.method,
                "agrees": check.agrees,
                "leaders": list(check.leaders),
                "sentence": check.sentence,
            }
            for check in look.cross_checks
        ],
        "non_separating": list(evaluation.non_separating),
    }


def canonical_json(document: Mapping[str, Json]) -> str:
    """The document as one line of JSON that is the same for equal documents.

    Raises:
        ValueError: a number that JSON does not have (NaN, infinity).
    """
    return json.dumps(
        document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def plain(value: object) -> Json:
    """A fact's value in plain JSON types: dates as ISO text, tuples as lists."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(entry) for name, entry in value.items()}
    if isinstance(value, Iterable):
        return [plain(entry) for entry in value]
    return str(value)


def evidence_entry(evidence: Fact | Capability | None) -> dict[str, Json]:
    """What was read, in words and as it stands, with its date, sources and grade.

    Without evidence the reading says so, and there is neither date nor source.
    """
    if evidence is None:
        return {
            "reading": NOT_VERIFIED,
            "value": None,
            "unit": "",
            "as_of": None,
            "source": [],
            "grade": None,
        }
    if isinstance(evidence, Fact):
        reading, value, unit = with_unit(evidence), plain(evidence.value), evidence.unit
    else:
        reading, value, unit = capability_words(evidence), evidence.level, ""
    return {
        "reading": reading,
        "value": value,
        "unit": unit,
        "as_of": evidence.as_of.isoformat(),
        "source": list(evidence.source),
        "grade": evidence.grade,
    }


def part_entry(part: PartValue) -> dict[str, Json]:
    """One part of a value: what was read, what it is worth, and its share."""
    return {
        "id": part.part.id,
        "label": part.part.label,
        "share": _number(part.part.share),
        **_kind(part.part.fact, part.part.capability),
        "worth": _number(part.value),
        **evidence_entry(part.evidence),
    }


def _weights(catalog: Catalog, evaluation: Evaluation) -> list[Json]:
    direct = set(tuned(catalog, evaluation.answers))
    return [
        {
            "criterion": criterion,
            "name": catalog.criteria[criterion].name,
            "group": catalog.criteria[criterion].group,
            "group_place": 1 + list(catalog.groups).index(catalog.criteria[criterion].group),
            "group_name": catalog.groups[catalog.criteria[criterion].group].name,
            "swing_points": _number(points),
            "weight": _number(evaluation.weights[criterion]),
            "is_set_directly": criterion in direct,
        }
        for criterion, points in zip(
            map(str, evaluation.weights.index), evaluation.swing_points, strict=True
        )
    ]


def _ranked(
    catalog: Catalog,
    evaluation: Evaluation,
    ranked: Ranked,
    standing: Standing | None,
    table: ValueTable,
) -> dict[str, Json]:
    return {
        "slug": ranked.slug,
        "name": catalog.alternatives[ranked.slug].name,
        "rank": ranked.rank,
        "score": _number(ranked.score),
        "gap": _number(ranked.gap),
        "is_level_with_first": ranked.is_level_with_first,
        "coverage": _number(ranked.coverage),
        "coverage_sentence": coverage_sentence(catalog, ranked),
        "has_thin_evidence": ranked.has_thin_evidence,
        "acceptability": None if standing is None else _standing(standing),
        "unverified": [
            {
                "must_have": name,
                "text": catalog.must_haves[name].text,
                "evidence": _rule_evidence(catalog, ranked.slug, name),
            }
            for name in ranked.unverified
        ],
        "unverified_sentence": unverified_sentence(catalog, ranked),
        "latest_release": evidence_entry(catalog.alternatives[ranked.slug].facts.get(LATEST)),
        "support": _support(catalog.alternatives[ranked.slug]),
        "dominated_by": list(ranked.dominated_by),
        "dominated_sentence": dominated_sentence(catalog, ranked),
        "contributions": [
            _contribution(catalog, evaluation, ranked, criterion, cell)
            for criterion, cell in sorted(table.cells[ranked.slug].items())
        ],
    }


def _support(alternative: Alternative) -> dict[str, Json]:
    """The published ends of support, series by series; its value is empty where none is known."""
    return evidence_entry(alternative.facts.get(SUPPORT_END))


def _standing(standing: Standing) -> dict[str, Json]:
    return {
        "first": _number(standing.first_share),
        "first_of_hundred": of_hundred(standing.first_share),
        "by_rank": [_number(share) for share in standing.rank_shares],
        "score_low": round(standing.low, BAND_DIGITS) + 0.0,
        "score_high": round(standing.high, BAND_DIGITS) + 0.0,
    }


def _contribution(
    catalog: Catalog,
    evaluation: Evaluation,
    ranked: Ranked,
    criterion: str,
    cell: CriterionValue,
) -> dict[str, Json]:
    parts = (cell.replaces or cell).parts
    dates = [part.evidence.as_of for part in parts if part.evidence is not None]
    return {
        "criterion": criterion,
        "name": catalog.criteria[criterion].name,
        "weight": _number(evaluation.weights[criterion]),
        "value": _number(cell.value),
        "points": _number(ranked.contributions[criterion]),
        "is_known": cell.is_known,
        "grade": cell.grade,
        "half_width": _number(cell.half_width),
        # Of several facts the oldest tells how old the value may be. Sources stand at each fact.
        "as_of": min(dates).isoformat() if dates else None,
        "own": None
        if cell.replaces is None
        else {
            "replaces": _number(cell.replaces.value),
            "was_known": cell.replaces.is_known,
            "reason": cell.reason,
            "sentence": own_value_sentence(cell),
        },
        "parts": [part_entry(part) for part in parts],
    }


def _excluded(catalog: Catalog, excluded: Excluded) -> dict[str, Json]:
    return {
        "slug": excluded.slug,
        "name": catalog.alternatives[excluded.slug].name,
        "reasons": [_reason(catalog, excluded.slug, reason) for reason in excluded.reasons],
    }


def _reason(catalog: Catalog, slug: str, reason: Reason) -> dict[str, Json]:
    return {
        "must_have": reason.must_have,
        "question": reason.question,
        "answer": reason.option,
        "sentence": reason.sentence,
        "is_unknown": reason.is_unknown,
        "evidence": _rule_evidence(catalog, slug, reason.must_have),
    }


def _rule_evidence(catalog: Catalog, slug: str, must_have: str) -> list[Json]:
    """Everything that a must-have's rule looks at, as it is for this framework."""
    alternative = catalog.alternatives[slug]
    return [
        {
            **_kind(rule.fact, rule.capability),
            "label": catalog.fact_kinds[rule.fact].label
            if rule.fact
            else catalog.capability_kinds[rule.capability].label,
            **evidence_entry(_found(alternative, rule)),
        }
        for rule in dict.fromkeys(_leaves(catalog.must_haves[must_have].rule))
    ]


def _kind(fact: str, capability: str) -> dict[str, Json]:
    return {"fact": fact} if fact else {"capability": capability}


def _leaves(rule: Rule) -> Iterator[Rule]:
    if rule.fact or rule.capability:
        yield rule
    for part in (*rule.all_of, *rule.any_of):
        yield from _leaves(part)


def _found(alternative: Alternative, rule: Rule) -> Fact | Capability | None:
    if rule.fact:
        return alternative.facts.get(rule.fact)
    return alternative.capabilities.get(rule.capability)


def _relaxation(
    catalog: Catalog, evaluation: Evaluation, relaxation: Relaxation
) -> dict[str, Json]:
    changes = relaxing_changes(catalog, evaluation.answers, relaxation.must_haves)
    return {
        "must_haves": list(relaxation.must_haves),
        "questions": list(relaxation.questions),
        "returning": list(relaxation.returning),
        # An answer that is taken back is null: leave it out of the next request.
        "answers": {change.question: change.after or None for change in changes},
        "sentence": relaxation_sentence(catalog, relaxation),
    }


def _flip(flip: Flip) -> dict[str, Json]:
    return {
        "answers": dict(flip.answers),
        "leaders": list(flip.leaders),
        "cost": flip.cost,
        "margin": _number(flip.margin),
        "must_haves": list(flip.toggles),
        "sentence": flip.sentence,
    }


def _question(catalog: Catalog, asked: NextQuestion) -> dict[str, Json]:
    question = catalog.questions[asked.question]
    return {
        "question": question.id,
        "text": question.text,
        "short": question.short,
        "gain_bits": _number(asked.gain_bits),
        "worth_points": _number(asked.worth_points),
        "can_change_first": asked.can_change_first,
        "sentence": next_question_sentence(catalog, asked),
    }


def _number(value: float | None) -> float | None:
    """A plain number; infinity, which JSON does not have, reads null. There is no minus zero."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), DIGITS) + 0.0
