"""The receipt that is open: what stands behind the value that the visitor asked about.

A page says only which value it is (``data-receipt``, see ``components/receipt_button.py``); the
receipt itself travels when it is opened. What is computed from the answers (a score, a value that
the visitor replaced) is computed here from the same evaluation that the page shows. Handlers are
public; each checks what it is given, and what is not ours changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import (
    get_catalog,
    get_issue_tracker,
    get_ledger,
    get_value_table,
)
from framework_picker.domain.corrections import correction_text
from framework_picker.domain.explain import own_value_sentence, whole
from framework_picker.domain.made_for import jobs
from framework_picker.domain.model import Alternative, Catalog, Rule
from framework_picker.domain.must_haves import support
from framework_picker.domain.outlook_words import of_hundred
from framework_picker.domain.overrides import overridden
from framework_picker.domain.readings import NOT_VERIFIED
from framework_picker.domain.receipt_lookup import LONGEST_ID, receipt_of
from framework_picker.domain.receipts import GRADE_WORDS, Receipt
from framework_picker.domain.rounding import rounded_parts
from framework_picker.domain.values import CriterionValue
from framework_picker.domain.workings import PartWorking, sum_of_parts, workings, worth_words
from framework_picker.state.answers import AnswersState
from framework_picker.state.outlook import evaluation_of, glance_of

MOST_STEPS_BACK = 8

NOT_SCORED = "Frameworks outside Python are described, not scored."
NO_RECEIPT = Receipt("", "", "", "", "", "", ())


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One line of a receipt that is put together from others; ``receipt`` opens them."""

    label: str
    working: str
    reading: str
    receipt: str


@dataclass(frozen=True, slots=True)
class ShownReceipt:
    """Everything that an open receipt shows.

    ``parts``, ``sum`` and ``ends`` are the working of a value on a criterion. ``lines`` are what a
    score, or a must-have that somebody fails, is made of. ``origin`` says how a computed number
    came about, ``origin_href`` leads to the formula. ``tracker`` is empty where none is set.
    """

    id: str = ""
    receipt: Receipt = NO_RECEIPT
    parts: tuple[PartWorking, ...] = ()
    sum: str = ""
    ends: str = ""
    lines: tuple[ReceiptLine, ...] = ()
    origin: str = ""
    origin_words: str = ""
    origin_href: str = ""
    correction: str = ""
    tracker: str = ""
    can_go_back: bool = False


NOTHING = ShownReceipt()


class ReceiptState(rx.State):
    """Which receipt is open. ``revision`` counts the openings."""

    opened: str = ""
    revision: int = 0
    _trail: list[str] = []

    @rx.event
    async def open_receipt(self, receipt_id: str, saved: str) -> None:
        """The visitor wants to see what stands behind a value.

        The browser's copy of the answers comes along: without it a session that was lost would
        show the score of somebody who answered nothing.
        """
        answers = await self.get_state(AnswersState)
        answers._restore(saved)
        if shown_receipt(receipt_id, dict(answers.answers)) is NOTHING:
            return
        if self.opened and self.opened != receipt_id:
            self._trail = [*self._trail, self.opened][-MOST_STEPS_BACK:]
        self.opened = receipt_id
        self.revision += 1

    @rx.event
    def open_point(self, series: str, slug: str, points: list[dict[str, Any]]) -> None:
        """The visitor clicked a point of a chart."""
        first = points[0] if isinstance(points, list) and points else None
        moment = first.get("x") if isinstance(first, dict) else None
        # Plotly says a day as "2026-08-01", some of its versions with the hour behind.
        day = moment.removesuffix(" 00:00") if isinstance(moment, str) else ""
        receipt_id = f"reading:{series}:{day}:{slug}"
        if shown_receipt(receipt_id, {}) is not NOTHING:
            self.opened = receipt_id
            self.revision += 1

    @rx.event
    def go_back(self) -> None:
        """The visitor wants the receipt from which this one was opened."""
        if self._trail:
            self.opened = self._trail[-1]
            self._trail = self._trail[:-1]

    @rx.event
    def close_receipt(self) -> None:
        """The visitor has seen enough."""
        self.opened = ""
        self._trail = []

    @rx.var
    async def shown(self) -> ShownReceipt:
        """The open receipt; an empty one while none is."""
        if not self.opened:
            return NOTHING
        answers = await self.get_state(AnswersState)
        found = shown_receipt(self.opened, dict(answers.answers))
        return replace(found, can_go_back=bool(self._trail))


def shown_receipt(receipt_id: object, answers: Mapping[str, str]) -> ShownReceipt:
    """The receipt that an id asks for; ``NOTHING`` where there is no such value.

    Beside the ids of ``domain/receipt_lookup.py``: ``criterion:speed:django`` for a value on a
    criterion, ``score:django`` for a score, ``must:built-in-admin`` for who fails a must-have,
    ``job:api:django`` for whether it is made for a kind of project.
    """
    if not isinstance(receipt_id, str) or not 0 < len(receipt_id) <= LONGEST_ID:
        return NOTHING
    catalog = get_catalog()
    kind, _, rest = receipt_id.partition(":")
    key, _, slug = rest.rpartition(":")
    if kind == "score":
        found = _score(catalog, rest, answers)
    elif kind == "criterion":
        found = _criterion(catalog, key, slug, answers)
    elif kind == "must":
        found = _must_have(catalog, rest, answers)
    elif kind == "job":
        found = _job(catalog, key, slug)
    else:
        receipt = receipt_of(catalog, get_value_table(), get_ledger(), receipt_id)
        found = NOTHING if receipt is None else ShownReceipt(receipt=receipt)
    if found is NOTHING:
        return NOTHING
    return replace(
        found,
        id=receipt_id,
        receipt=replace(found.receipt, id=receipt_id),
        correction=_correction(catalog, receipt_id, found),
        tracker=get_issue_tracker(),
    )


def _criterion(catalog: Catalog, key: str, slug: str, answers: Mapping[str, str]) -> ShownReceipt:
    """A value on a criterion, with the working of every part."""
    criterion, alternative = catalog.criteria.get(key), catalog.alternatives.get(slug)
    if criterion is None or alternative is None:
        return NOTHING
    receipt = replace(
        NO_RECEIPT,
        subject=f"{criterion.name}, {alternative.name}",
        meaning=criterion.meaning,
        as_of=catalog.as_of.isoformat(),
    )
    found = ShownReceipt(
        receipt=replace(receipt, reading=NOT_SCORED),
        ends=f"0: {criterion.level_0}. 100: {criterion.level_100}.",
        origin_words="How this scale works",
        origin_href=routes.method_section(f"criterion-{key}"),
    )
    table = overridden(get_value_table(), evaluation_of(answers).answers)
    cell = table.cells.get(slug, {}).get(key)
    if cell is None:
        return found
    ours = cell.replaces or cell
    return replace(
        found,
        receipt=replace(
            receipt,
            reading=_value_words(cell),
            evidence=GRADE_WORDS[ours.grade] if ours.grade else "",
            note=own_value_sentence(cell),
        ),
        parts=workings(cell, slug),
        # What follows is about our value, also where the visitor has another one.
        sum=sum_of_parts(ours),
    )


def _value_words(cell: CriterionValue) -> str:
    words = f"{worth_words(cell.value)} of 100"
    if cell.replaces is not None:
        return f"{words}, your value"
    if not cell.is_known:
        return f"{NOT_VERIFIED}, counts as {words}"
    return f"{words}, give or take {whole(cell.half_width)}"


def _score(catalog: Catalog, slug: str, answers: Mapping[str, str]) -> ShownReceipt:
    """A score: the points of every criterion, and how often the framework comes first."""
    evaluation = evaluation_of(answers)
    ranked = next((one for one in evaluation.ranking if one.slug == slug), None)
    if ranked is None:
        return NOTHING
    points = dict(ranked.contributions)
    weights = {str(key): float(weight) for key, weight in evaluation.weights.items()}
    values = evaluation.values.to_dict("index")[slug]
    order = sorted((key for key in points if weights[key] > 0), key=lambda key: (-points[key], key))
    figures, total = rounded_parts([points[key] for key in order], decimals=1)
    standing = glance_of(answers).standings.get(slug)
    band = (
        f"In 90 of 100 plausible readings of your answers it lies between {standing.low:.1f} and "
        f"{standing.high:.1f}; it comes first in {of_hundred(standing.first_share)}."
        if standing is not None
        else ""
    )
    return ShownReceipt(
        receipt=replace(
            NO_RECEIPT,
            subject=f"Score, {catalog.alternatives[slug].name}",
            reading=f"{total} of 100 points, rank {ranked.rank} for your answers",
            as_of=catalog.as_of.isoformat(),
            note=band,
        ),
        lines=tuple(
            ReceiptLine(
                label=catalog.criteria[key].name,
                working=f"{100 * weights[key]:.1f} % × {worth_words(float(values[key]))}",
                reading=figure,
                receipt=f"criterion:{key}:{slug}",
            )
            for key, figure in zip(order, figures, strict=True)
        ),
        origin="Computed from your answers: weight times value, added up over all criteria.",
        origin_words="The formula, and how sure it is",
        origin_href=routes.method_section("formulas"),
    )


def _must_have(catalog: Catalog, names: str, answers: Mapping[str, str]) -> ShownReceipt:
    """The facts by which a must-have rules frameworks out; ids of must-haves with commas."""
    wanted = [catalog.must_haves.get(name) for name in names.split(",")]
    if not all(wanted):
        return NOTHING
    lines = [
        line
        for excluded in evaluation_of(answers).excluded
        for must_have in wanted
        if must_have is not None and must_have.id in {one.must_have for one in excluded.reasons}
        for line in _rule_lines(catalog, catalog.alternatives[excluded.slug], must_have.rule)
    ]
    if not lines:
        return NOTHING
    texts = [must_have.text for must_have in wanted if must_have is not None]
    return ShownReceipt(
        receipt=replace(
            NO_RECEIPT,
            subject=f"Ruled out by: {'; '.join(texts)}",
            reading="",
            as_of=catalog.as_of.isoformat(),
        ),
        lines=tuple(dict.fromkeys(lines)),
        origin="These facts were read, framework by framework. Each opens to its source.",
        origin_words="How must-haves work",
        origin_href=routes.method_section("must-haves"),
    )


def _job(catalog: Catalog, option: str, slug: str) -> ShownReceipt:
    """The facts that say whether a framework is made for a kind of project."""
    alternative = catalog.alternatives.get(slug)
    found = (
        next((job for job in jobs(catalog, alternative) if job.option == option), None)
        if (alternative)
        else None
    )
    if alternative is None or found is None:
        return NOTHING
    wanted = [
        must_have
        for question in catalog.questions.values()
        for one in question.options
        if one.id == option
        for must_have in one.requires
    ]
    rules = [catalog.must_haves[must_have].rule for must_have in dict.fromkeys(wanted)]
    words = {True: "made for it", False: "not made for it", None: NOT_VERIFIED}
    return ShownReceipt(
        receipt=replace(
            NO_RECEIPT,
            subject=f"{found.label}, {alternative.name}",
            reading=words[found.is_made_for],
            as_of=catalog.as_of.isoformat(),
            meaning=found.meaning,
        ),
        lines=tuple(
            dict.fromkeys(
                line
                for rule in rules
                for line in _rule_lines(catalog, alternative, rule, every=True)
            )
        ),
        origin="These facts were read. Each opens to its source.",
        origin_words="How must-haves work",
        origin_href=routes.method_section("must-haves"),
    )


def _rule_lines(
    catalog: Catalog, alternative: Alternative, rule: Rule, *, every: bool = False
) -> Iterator[ReceiptLine]:
    """What a rule reads of a framework: what it does not meet, or everything."""
    for part in (*rule.all_of, *rule.any_of):
        if every or support(alternative, part) is not True:
            yield from _rule_lines(catalog, alternative, part, every=every)
    for kind, key in (("fact", rule.fact), ("capability", rule.capability)):
        if not key:
            continue
        receipt_id = f"{kind}:{key}:{alternative.slug}"
        receipt = receipt_of(catalog, get_value_table(), get_ledger(), receipt_id)
        if receipt is not None:
            label = receipt.subject.removesuffix(f", {alternative.name}")
            yield ReceiptLine(alternative.name, label, receipt.reading, receipt_id)


def _correction(catalog: Catalog, receipt_id: str, found: ShownReceipt) -> str:
    """The text for a correction; nothing for what is computed from the visitor's own answers."""
    kind, _, rest = receipt_id.partition(":")
    if kind in ("score", "must", "job"):
        return ""
    slug = rest.rpartition(":")[2]
    receipt = found.receipt
    sources = [line for part in found.parts for line in part.sources] or list(receipt.sources)
    return correction_text(
        framework=catalog.alternatives[slug].name,
        field=receipt.subject.removesuffix(f", {catalog.alternatives[slug].name}"),
        receipt_id=receipt_id,
        reading=receipt.reading,
        as_of=receipt.as_of,
        sources=sources,
        data_version=catalog.data_version,
        data_as_of=catalog.as_of,
    )
