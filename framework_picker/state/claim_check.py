"""The claim that a visitor asks about, and the answer.

Only the sentence is remembered; the answer follows from it and the data. The address carries the
sentence, so this state may be lost at any time.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import reflex as rx

from framework_picker.catalog.current import get_catalog, get_ledger, get_published, get_samples
from framework_picker.domain.claim_check import (
    RELATIONS,
    Answer,
    Check,
    Comparison,
    Row,
    Setting,
    Unit,
    check,
    factor,
)
from framework_picker.domain.claim_sentence import (
    LONGEST_SENTENCE,
    comparison_problem,
    comparison_words,
    number_in,
    read_sentence,
)
from framework_picker.domain.claims import claims_on
from framework_picker.domain.explain import listing
from framework_picker.domain.published import Unmatched
from framework_picker.domain.sources import SourceLine, source_lines
from framework_picker.state.evidence import LONGEST_QUERY, MOST_PARTS, Other, other

CHECK = "check"
"""The sentence's name in the address."""

FORM_PARTS = ("one", "amount", "unit", "relation", "other", "workload")
LONGEST_PART = 40
MOST_CLAIMS = 6
BEYOND = 1.15
"""How far the scale of the ranges goes beyond them, as a factor."""

ANSWER_WORDS: Mapping[Answer, str] = {
    "supported": "Supported",
    "contradicted": "Contradicted",
    "only": "Only for some",
    "never": "Never measured",
}
NOT_KNOWN = "Not known"
"""What is no speed was not measured either; figures may be known that do not tell two apart."""
UNITS: Mapping[str, Unit] = {"times": "times", "percent": "percent", "years": "years"}

_LEVEL_WORDS = {"concurrency": "connections", "queries": "queries"}


@dataclass(frozen=True, slots=True)
class RowLine:
    """One piece of evidence, ready to be shown."""

    on: str
    test: str
    level: str
    one: str
    one_with: str
    other: str
    other_with: str
    ratio: str
    grade: str
    sources: list[SourceLine]
    why_not: str


@dataclass(frozen=True, slots=True)
class SettingLine:
    """Rows that belong together. ``left`` and ``width`` place their range on a scale."""

    label: str
    source: str
    count: str
    reach: str
    left: str
    width: str
    bears_out: bool
    rows: list[RowLine]


@dataclass(frozen=True, slots=True)
class CheckView:
    """The answer, ready to be shown. ``answer`` is empty while nothing was asked or understood.

    ``level_at`` is where the two are level on the scale of the ranges, in percent.
    """

    asked: str
    understood: str
    problem: str
    topic: str
    topic_label: str
    notes: list[str]
    answer: str
    words: str
    sentence: str
    reading: str
    one: str
    other: str
    is_speed: bool
    level_at: str
    published: list[SettingLine]
    measured: list[SettingLine]
    facts: list[SettingLine]
    not_counted: list[RowLine]
    unmatched: list[str]
    absent: list[str]
    caveats: list[str]
    claims: list[Other]


NO_CHECK = CheckView(
    "", "", "", "", "", [], "", "", "", "", "", "", False, "", [], [], [], [], [], [], [], []
)


class ClaimCheckState(rx.State):
    """The sentence that is checked. ``answers_given`` counts, for the page to go to the answer."""

    sentence: str = ""
    form_problem: str = ""
    check_revision: int = 0
    answers_given: int = 0

    @rx.event
    def open_page(self) -> None:
        """The page was opened, or the connection came back: the address may hold a sentence."""
        query = self.router.url.query or ""
        linked = sentence_in(query) if len(query) <= LONGEST_QUERY else ""
        if linked != self.sentence:
            self._ask(linked)
        else:
            self.check_revision += 1

    @rx.event
    def ask(self, form: dict) -> None:
        """The visitor wrote a sentence."""
        typed = form.get("sentence") if isinstance(form, dict) else None
        if isinstance(typed, str):
            self._ask(typed)

    @rx.event
    def ask_example(self, sentence: str) -> None:
        """The visitor picked one of the prepared claims."""
        if isinstance(sentence, str) and sentence in {
            one.sentence for one in get_ledger().examples
        }:
            self._ask(sentence)

    @rx.event
    def ask_in_parts(self, form: dict) -> None:
        """The visitor put a comparison together from its parts."""
        if not isinstance(form, dict):
            return
        comparison, problem = comparison_in(form)
        if comparison is None:
            self.form_problem = problem
            return
        self._ask(comparison_words(get_catalog(), get_published().workloads, comparison))

    @rx.event
    def forget(self) -> None:
        """The visitor wants the empty form back."""
        self._ask("")

    @rx.var
    def view(self) -> CheckView:
        """The answer to the sentence."""
        return check_view(self.sentence) if self.sentence else NO_CHECK

    @rx.var
    def query(self) -> str:
        """The query that restores the answer; empty without one."""
        return urlencode([(CHECK, self.sentence)]) if self.sentence else ""

    def _ask(self, sentence: str) -> None:
        # Half a character (a lone surrogate) can stand in no address.
        whole = sentence.encode(errors="replace").decode()
        # One letter more than is read, so that what is too long is still told apart.
        self.sentence = whole.strip()[: LONGEST_SENTENCE + 1]
        self.form_problem = ""
        self.check_revision += 1
        self.answers_given += bool(self.sentence)


def sentence_in(query: str) -> str:
    """The sentence a query holds; empty without one."""
    try:
        return dict(parse_qsl(query, max_num_fields=MOST_PARTS)).get(CHECK, "").strip()
    except ValueError:
        return ""


def comparison_in(form: Mapping[str, object]) -> tuple[Comparison | None, str]:
    """The comparison that the fields of a form make, or why they make none."""
    parts = {}
    for name in FORM_PARTS:
        value = form.get(name, "")
        if not isinstance(value, str) or len(value) > LONGEST_PART:
            return None, "Fill in the form again, please."
        parts[name] = value.strip()
    known = (
        parts["one"] in get_catalog().alternatives
        and parts["other"] in get_catalog().alternatives
        and parts["relation"] in RELATIONS
        and parts["workload"] in ("", *get_published().workloads)
        and parts["unit"] in ("", *UNITS)
    )
    if not known:
        return None, "Fill in the form again, please."
    amount = number_in(parts["amount"]) if parts["amount"] else None
    if parts["amount"] and amount is None:
        return None, "Write the amount as a number, like 3 or 2.5, or leave it out."
    comparison = Comparison(
        one=parts["one"],
        relation=parts["relation"],
        other=parts["other"],
        workload=parts["workload"],
        amount=amount,
        unit=(UNITS.get(parts["unit"], "times") if amount is not None else ""),
    )
    problem = comparison_problem(comparison)
    return (None, problem) if problem else (comparison, "")


@lru_cache(maxsize=256)
def check_view(sentence: str) -> CheckView:
    """The answer to a sentence. Shared between visitors: read it only."""
    catalog, published, ledger = get_catalog(), get_published(), get_ledger()
    asked = sentence[:LONGEST_SENTENCE]
    read = read_sentence(catalog, published.workloads, sentence)
    if read.comparison is None:
        topic = read.topic if read.topic in ledger.topics else ""
        return _nothing(asked, read.problem, list(read.notes), topic)
    found = check(catalog, published, get_samples(), read.comparison)
    relation = RELATIONS[read.comparison.relation]
    pair = (read.comparison.one, read.comparison.other)
    names = [catalog.alternatives[slug].name for slug in pair]
    scale = _Scale.over(found.settings)
    lines = {
        origin: [_setting(one, scale) for one in found.settings if one.origin == origin]
        for origin in ("published", "measured", "fact")
    }
    return CheckView(
        asked=asked,
        understood=comparison_words(catalog, published.workloads, read.comparison),
        problem="",
        topic="",
        topic_label="",
        notes=list(read.notes),
        answer=found.answer,
        words=(
            NOT_KNOWN
            if found.answer == "never" and not relation.is_speed
            else ANSWER_WORDS[found.answer]
        ),
        sentence=found.sentence,
        reading=found.reading,
        one=names[0],
        other=names[1],
        is_speed=relation.is_speed,
        level_at=scale.place(1.0),
        published=lines["published"],
        measured=lines["measured"],
        facts=lines["fact"],
        not_counted=[_row(row) for row in found.not_counted],
        unmatched=_unmatched(found, names),
        absent=list(found.absent),
        caveats=list(found.caveats),
        claims=[other(ledger, name) for name in claims_on(ledger, pair, relation.topics)][
            :MOST_CLAIMS
        ],
    )


def _nothing(asked: str, problem: str, notes: list[str], topic: str) -> CheckView:
    label = get_ledger().topics.get(topic, "")
    return CheckView(
        asked, "", problem, topic, label, notes, "", "", "", "", "", "", False, "", *([[]] * 8)
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """A logarithmic scale for ratios: twice as fast is as far from level as half as fast."""

    low: float
    high: float

    @classmethod
    def over(cls, settings: Sequence[Setting]) -> _Scale:
        """From a little below the lowest ratio to a little above the highest; 1 lies inside."""
        ratios = [ratio for one in settings for ratio in (one.low, one.high)]
        proper = [ratio for ratio in ratios if ratio > 0 and math.isfinite(ratio)]
        return cls(min([*proper, 1.0]) / BEYOND, max([*proper, 1.0]) * BEYOND)

    def share(self, ratio: float) -> float:
        """Where a ratio lies, 0 to 100."""
        inside = min(max(ratio, self.low), self.high)
        return 100 * math.log(inside / self.low) / math.log(self.high / self.low)

    def place(self, ratio: float) -> str:
        """The same as a length."""
        return f"{self.share(ratio):.2f}%"


def _setting(one: Setting, scale: _Scale) -> SettingLine:
    count = len(one.rows)
    if one.origin == "fact":
        reach = ""
    elif count == 1:
        reach = f"{factor(one.low)} times"
    else:
        reach = f"{factor(one.low)} to {factor(one.high)} times"
    return SettingLine(
        label=one.subject_label,
        source=", ".join(filter(None, (one.source, one.mode))),
        count=f"{count} row" if count == 1 else f"{count} rows",
        reach=reach,
        left=scale.place(one.low),
        width=f"{scale.share(one.high) - scale.share(one.low):.2f}%",
        bears_out=one.bears_out,
        rows=[_row(row) for row in one.rows],
    )


def _row(row: Row) -> RowLine:
    return RowLine(
        on=row.on,
        test=row.test,
        level=_level(row.setting),
        one=row.one,
        one_with=row.one_with,
        other=row.other,
        other_with=row.other_with,
        ratio=factor(row.ratio) if row.source else "",
        grade=row.grade,
        sources=list(source_lines(row.citations)),
        why_not=row.why_not,
    )


def _level(setting: str) -> str:
    """The level of load in words; machine and tool belong to the source and are left out."""
    words = []
    for part in setting.split("; "):
        name, _, value = part.partition("=")
        if name in _LEVEL_WORDS:
            words.append(f"{value} {_LEVEL_WORDS[name]}")
        elif part.startswith(("Python ", "median of ")):
            words.append(part)
    return ", ".join(words)


def _unmatched(found: Check, names: list[str]) -> list[str]:
    """Where both took part and do not compare, one sentence per source and classes."""
    published = get_published()
    groups: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Unmatched]] = {}
    for one in found.unmatched:
        groups.setdefault((one.source, one.one, one.other), []).append(one)
    return [
        f"{published.sources.get(source, source)}, "
        f"{listing([_small(published.workloads[one.workload].label) for one in ones], shown=5)}: "
        f"{names[0]} only with {listing(first)}, {names[1]} only with {listing(second)}."
        for (source, first, second), ones in groups.items()
    ]


def _small(label: str) -> str:
    return label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"
