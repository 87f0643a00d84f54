"""What has changed between two evaluations of the same answers, and which change moved a rank.

Works on the documents alone (``domain/document.py``): a score is a sum of weight times value, so
what one change does by itself follows from the two documents to the last digit, also when the data
of that day cannot be read any more. A test replays the catalog and finds the same.

Every change is tried alone, on the evaluation of then: a value of one framework on one criterion,
a framework that came in or went out, the weights that the answers stand for. What only several of
them do together is said to be done by several.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from framework_picker.domain.document import Json
from framework_picker.domain.explain import listing
from framework_picker.domain.scoring import TIE

Kind = Literal["value", "scale", "reading", "together", "joined", "left", "weights"]
Outcome = Literal["holds", "joined-first", "left-first", "changed", "nobody", "nobody-left"]

MOST_CAUSES = 2
Document = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read then and now, with date and sources; empty where nothing was known."""

    label: str
    then: str
    now: str
    as_of_then: str
    as_of_now: str
    source_then: tuple[str, ...]
    source_now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A rank before and after; None for who is not in the ranking."""

    slug: str
    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, and what it does when it is the only one.

    ``kind``: a framework's ``value``; the ``scale`` by which the same readings are valued; a
    ``reading`` that is worth the same; all values of a framework ``together``, where they do what
    none of them does alone; a framework that ``joined`` or ``left`` the ranking; the ``weights``.
    ``points`` is what it adds to the framework's score. ``moves`` are the ranks that it changes,
    ``moves_first`` whether the first place is among them.
    """

    kind: Kind
    slug: str
    name: str
    criterion: str
    criterion_name: str
    value_then: float | None
    value_now: float | None
    points: float | None
    readings: tuple[Reading, ...]
    moves: tuple[Move, ...]
    moves_first: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Place:
    """A framework's place and points then and now; None where it was not in the ranking."""

    slug: str
    name: str
    rank_then: int | None
    rank_now: int | None
    score_then: float | None
    score_now: float | None


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that changed. ``holds``: the same frameworks are first as then.

    ``because`` says which change did it, when the first place has changed. ``unweighted`` counts
    values that changed where these answers give no weight.
    """

    data_version_then: str
    data_version_now: str
    as_of_then: str
    as_of_now: str
    method_version_then: str
    method_version_now: str
    is_same_data: bool
    is_same_method: bool
    outcome: Outcome
    holds: bool
    sentence: str
    because: str
    first_then: tuple[str, ...]
    first_now: tuple[str, ...]
    places: tuple[Place, ...]
    changes: tuple[Change, ...]
    unweighted: int
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Board:
    """What a ranking is made from: values by framework and criterion, and the weights."""

    values: Mapping[str, Mapping[str, float]]
    weights: Mapping[str, float]

    def ranks(self) -> dict[str, int]:
        """Ranks by score; equals share a place."""
        scores = {
            slug: math.fsum(
                round(self.weights.get(name, 0.0) * value, 10) for name, value in row.items()
            )
            for slug, row in self.values.items()
        }
        return {
            slug: 1 + sum(other > score + TIE for other in scores.values())
            for slug, score in scores.items()
        }

    def with_value(self, slug: str, criterion: str, value: float) -> _Board:
        row = {**self.values[slug], criterion: value}
        return replace(self, values={**self.values, slug: row})

    def with_row(self, slug: str, row: Mapping[str, float]) -> _Board:
        return replace(self, values={**self.values, slug: row})

    def without(self, slug: str) -> _Board:
        return replace(
            self, values={name: row for name, row in self.values.items() if name != slug}
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """A change, and the board of then with it, and the board of now without it."""

    change: Change
    applied: _Board
    taken_back: _Board


def differences(then: Document, now: Document) -> Differences:
    """What changed from one document to the other; both are of the same answers.

    Both documents have the fields of ``evaluation_document``; a document that an older version of
    the app has written may lack newer ones, never these.
    """
    old, new = _board(then), _board(now)
    found = [*_joined(then, now, old, new), *_left(then, now, old, new)]
    found += _weights(then, now, old, new)
    values, unweighted = _values(then, now, old, new)
    found += [*values, *_together(values, old, new)]
    first_then, first_now = _first(then), _first(now)
    names = _names(then) | _names(now)
    outcome = _outcome(then, now)
    changes = [_with_moves(one, old.ranks(), names) for one in found]
    is_same_method = then["method_version"] == now["method_version"]
    return Differences(
        data_version_then=str(then["data_version"]),
        data_version_now=str(now["data_version"]),
        as_of_then=str(then["data_as_of"]),
        as_of_now=str(now["data_as_of"]),
        method_version_then=str(then["method_version"]),
        method_version_now=str(now["method_version"]),
        is_same_data=then["data_version"] == now["data_version"],
        is_same_method=is_same_method,
        outcome=outcome,
        holds=first_then == first_now,
        sentence=_sentence(outcome, then, now, names),
        because=""
        if first_then == first_now
        else _because(found, changes, first_now, new, is_same_method=is_same_method),
        first_then=first_then,
        first_now=first_now,
        places=tuple(_places(then, now, names)),
        changes=tuple(sorted(changes, key=_importance)),
        unweighted=unweighted,
        notices=tuple(str(notice) for notice in _list(now, "notices")),
    )


def leaders_of(document: Document) -> tuple[tuple[str, ...], str]:
    """Who is first, and their names in words."""
    first = _first(document)
    return first, _listed(first, _names(document)) if first else "nobody"


def outcome_words(then: Document, first_now: Iterable[str], names: Mapping[str, str]) -> str:
    """``Still holds.``, or who is first today: a line for a list of decisions."""
    before, after = _first(then), tuple(sorted(first_now))
    if before == after:
        return "Still holds."
    if not after:
        return "Nobody is first today."
    return f"Today {_listed(after, names)} {_leads(after)}."


def _importance(change: Change) -> tuple[bool, bool, float, str, str]:
    """First what moved the first place, then what moved a rank, then by points."""
    return (
        not change.moves_first,
        not change.moves,
        -abs(change.points or 0.0),
        change.name,
        change.criterion_name,
    )


def _board(document: Document) -> _Board:
    return _Board(
        values={
            str(entry["slug"]): {
                str(part["criterion"]): float(part["value"]) for part in entry["contributions"]
            }
            for entry in _list(document, "ranking")
        },
        weights={
            str(entry["criterion"]): float(entry["weight"]) for entry in _list(document, "weights")
        },
    )


def _joined(then: Document, now: Document, old: _Board, new: _Board) -> Iterable[_Found]:
    was_out = {str(entry["slug"]): entry for entry in _list(then, "excluded")}
    for entry in _list(now, "ranking"):
        slug, name = str(entry["slug"]), str(entry["name"])
        if slug in old.values:
            continue
        reasons = was_out.get(slug, {}).get("reasons", [])
        why = _reasons(reasons)
        sentence = (
            f"{name} is in the ranking now; then it was out: {why}"
            if why
            else f"{name} is in the ranking now; then it was not listed."
        )
        change = _change("joined", slug, name, sentence, readings=_evidence(reasons, is_then=True))
        yield _Found(change, old.with_row(slug, new.values[slug]), new.without(slug))


def _left(then: Document, now: Document, old: _Board, new: _Board) -> Iterable[_Found]:
    is_out = {str(entry["slug"]): entry for entry in _list(now, "excluded")}
    for entry in _list(then, "ranking"):
        slug, name = str(entry["slug"]), str(entry["name"])
        if slug in new.values:
            continue
        reasons = is_out.get(slug, {}).get("reasons", [])
        why = _reasons(reasons)
        sentence = f"{name} is out now: {why}" if why else f"{name} is no longer listed."
        change = _change("left", slug, name, sentence, readings=_evidence(reasons, is_then=False))
        yield _Found(change, old.without(slug), new.with_row(slug, old.values[slug]))


def _weights(then: Document, now: Document, old: _Board, new: _Board) -> Iterable[_Found]:
    names = {
        str(entry["criterion"]): str(entry["name"])
        for entry in (*_list(then, "weights"), *_list(now, "weights"))
    }
    moved = [
        f"{name} from {_percent(old.weights.get(criterion, 0.0))} "
        f"to {_percent(new.weights.get(criterion, 0.0))}"
        for criterion, name in sorted(names.items(), key=lambda item: item[1])
        if abs(old.weights.get(criterion, 0.0) - new.weights.get(criterion, 0.0)) > TIE
    ]
    if not moved:
        return
    change = _change(
        "weights", "", "", f"The same answers give other weights: {listing(moved, shown=6)}."
    )
    yield _Found(change, replace(old, weights=new.weights), replace(new, weights=old.weights))


def _values(then: Document, now: Document, old: _Board, new: _Board) -> tuple[list[_Found], int]:
    """Values and readings that changed where they count, and how many did where they do not."""
    before = {str(entry["slug"]): entry for entry in _list(then, "ranking")}
    found: list[_Found] = []
    unweighted = 0
    for entry in _list(now, "ranking"):
        slug = str(entry["slug"])
        if slug not in before:
            continue
        parts_before = {str(part["criterion"]): part for part in before[slug]["contributions"]}
        for part in entry["contributions"]:
            criterion = str(part["criterion"])
            earlier = parts_before.get(criterion)
            change = _value_change(entry, earlier, part, old.weights.get(criterion, 0.0))
            if change is None:
                continue
            if not old.weights.get(criterion) and not new.weights.get(criterion):
                unweighted += 1
                continue
            # A criterion that is new has no weight then: its value changes nothing there.
            value_then = 0.0 if earlier is None else float(earlier["value"])
            found.append(
                _Found(
                    change,
                    old.with_value(slug, criterion, float(part["value"])),
                    new.with_value(slug, criterion, value_then),
                )
            )
    return found, unweighted


def _together(values: Sequence[_Found], old: _Board, new: _Board) -> Iterable[_Found]:
    """For each framework with several changes: all of them, where they do more than each alone.

    One fact may feed several criteria, and a derived fact follows from others.
    """
    by_slug: dict[str, list[Change]] = {}
    for one in values:
        by_slug.setdefault(one.change.slug, []).append(one.change)
    before = old.ranks()
    singly = {(one.change.slug, one.change.criterion): one.applied.ranks() for one in values}
    for slug, changes in by_slug.items():
        applied, taken_back = old, new
        for change in changes:
            applied = applied.with_value(slug, change.criterion, change.value_now or 0.0)
            taken_back = taken_back.with_value(slug, change.criterion, change.value_then or 0.0)
        after = applied.ranks()
        if after == before or after in [singly[slug, change.criterion] for change in changes]:
            continue
        points = round(math.fsum(change.points or 0.0 for change in changes), 10) + 0.0
        name = changes[0].name
        sentence = f"All that has changed about {name}, taken together."
        yield _Found(
            replace(_change("together", slug, name, sentence), points=points), applied, taken_back
        )


def _value_change(
    entry: Mapping[str, Any],
    earlier: Mapping[str, Any] | None,
    part: Mapping[str, Any],
    weight: float,
) -> Change | None:
    readings = _readings(earlier, part)
    value_then = None if earlier is None else float(earlier["value"])
    value_now = float(part["value"])
    name, criterion_name = str(entry["name"]), str(part["name"])
    is_same = value_then is not None and abs(value_now - value_then) <= TIE
    if is_same and not readings:
        return None
    kind: Kind = "reading" if is_same else "value" if readings else "scale"
    points = None if value_then is None else round((value_now - value_then) * weight, 10) + 0.0
    change = _change(kind, str(entry["slug"]), name, "", readings=readings)
    change = replace(
        change,
        criterion=str(part["criterion"]),
        criterion_name=criterion_name,
        value_then=value_then,
        value_now=value_now,
        points=points,
    )
    return replace(change, sentence=_value_sentence(change))


def _value_sentence(change: Change) -> str:
    what = f"{change.name}’s value for “{change.criterion_name}”"
    if change.value_then is None or change.value_now is None:
        return f"{what} is {_plain(change.value_now or 0.0)} of 100; the criterion is new."
    if change.kind == "reading":
        return f"{what} stays at {_plain(change.value_now)} of 100."
    way = "rose" if change.value_now > change.value_then else "fell"
    why = ", because the scale has changed" if change.kind == "scale" else ""
    return (
        f"{what} {way} from {_plain(change.value_then)} to {_plain(change.value_now)} of 100{why}."
    )


def _readings(earlier: Mapping[str, Any] | None, part: Mapping[str, Any]) -> tuple[Reading, ...]:
    """The parts of a value that read differently than before."""
    before = {str(one["id"]): one for one in (earlier or {}).get("parts", [])}
    now = {str(one["id"]): one for one in part["parts"]}
    found = []
    for name in dict.fromkeys((*before, *now)):
        one, other = before.get(name), now.get(name)
        if one and other and one["reading"] == other["reading"] and one["value"] == other["value"]:
            continue
        found.append(_reading(str((other or one or {})["label"]), one, other))
    return tuple(found)


def _reading(label: str, then: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> Reading:
    one, other = then or {}, now or {}
    return Reading(
        label=label,
        then=str(one.get("reading", "")),
        now=str(other.get("reading", "")),
        as_of_then=str(one.get("as_of") or ""),
        as_of_now=str(other.get("as_of") or ""),
        source_then=tuple(str(source) for source in one.get("source", [])),
        source_now=tuple(str(source) for source in other.get("source", [])),
    )


def _evidence(reasons: Iterable[Mapping[str, Any]], *, is_then: bool) -> tuple[Reading, ...]:
    """What a must-have's rule saw, on the one side that the documents know."""
    entries = [entry for reason in reasons for entry in reason.get("evidence", [])]
    return tuple(
        dict.fromkeys(
            _reading(str(entry["label"]), entry, None)
            if is_then
            else _reading(str(entry["label"]), None, entry)
            for entry in entries
        )
    )


def _reasons(reasons: Iterable[Mapping[str, Any]]) -> str:
    return " ".join(str(reason["sentence"]) for reason in reasons)


def _with_moves(found: _Found, before: Mapping[str, int], names: Mapping[str, str]) -> Change:
    after = found.applied.ranks()
    moves = tuple(
        Move(slug, names[slug], before.get(slug), after.get(slug))
        for slug in dict.fromkeys((*before, *after))
        if before.get(slug) != after.get(slug)
    )
    is_first = _leaders(before) != _leaders(after)
    return replace(found.change, moves=moves, moves_first=is_first)


def _because(
    found: Sequence[_Found],
    changes: Sequence[Change],
    first_now: tuple[str, ...],
    new: _Board,
    *,
    is_same_method: bool,
) -> str:
    """Which change gave the first place to whom has it now."""
    alone = [
        change
        for one, change in zip(found, changes, strict=True)
        if change.moves_first and _leaders(one.applied.ranks()) == frozenset(first_now)
    ]
    if alone:
        ordered = sorted(alone, key=_importance)[:MOST_CAUSES]
        return " Or: ".join(change.sentence for change in ordered)
    if not is_same_method:
        return "The method has changed, and with it what the same data comes to."
    needed = [
        change
        for one, change in zip(found, changes, strict=True)
        if _leaders(one.taken_back.ranks()) != _leaders(new.ranks())
    ]
    if needed:
        ordered = sorted(needed, key=_importance)[:MOST_CAUSES]
        return "Several changes did it together; without this one it would not be so: " + " ".join(
            change.sentence for change in ordered
        )
    return "Several changes did it together; none of them alone would have."


def _outcome(then: Document, now: Document) -> Outcome:
    before, after = set(_first(then)), set(_first(now))
    if before == after:
        return "holds" if before else "nobody"
    if not after:
        return "nobody-left"
    if before and before < after:
        return "joined-first"
    return "left-first" if after < before else "changed"


def _sentence(outcome: Outcome, then: Document, now: Document, names: Mapping[str, str]) -> str:
    before, after = _first(then), _first(now)
    was, leads = _listed(before, names), _listed(after, names)
    if outcome == "nobody":
        return "Nobody was first then, and nobody is today."
    if outcome == "nobody-left":
        return f"{was} no longer {_leads(before)}: nobody is first today."
    if outcome == "holds":
        if len(before) > 1:
            return f"{was} still share first place."
        return f"The winner still holds: {was} is first today as well."
    if outcome == "joined-first":
        others = _listed([slug for slug in after if slug not in before], names)
        return f"{was} no longer {_leads(before)} alone: {others} came level."
    if outcome == "left-first":
        others = _listed([slug for slug in before if slug not in after], names)
        return f"{leads} now {_leads(after)} alone: {others} fell behind."
    if not before:
        return f"{leads} now {_leads(after)}; then nobody did."
    return f"{leads} now {_leads(after)}, no longer {was}."


def _places(then: Document, now: Document, names: Mapping[str, str]) -> Iterable[Place]:
    before = {str(entry["slug"]): entry for entry in _list(then, "ranking")}
    after = {str(entry["slug"]): entry for entry in _list(now, "ranking")}
    for slug in dict.fromkeys((*before, *after)):
        one, other = before.get(slug), after.get(slug)
        yield Place(
            slug=slug,
            name=names[slug],
            rank_then=None if one is None else int(one["rank"]),
            rank_now=None if other is None else int(other["rank"]),
            score_then=None if one is None else float(one["score"]),
            score_now=None if other is None else float(other["score"]),
        )


def _first(document: Document) -> tuple[str, ...]:
    """Who is first; nobody when nothing speaks for one framework."""
    winner = document["winner"]
    leaders = [str(winner)] if winner else [str(slug) for slug in _list(document, "ties")]
    return tuple(sorted(leaders))


def _leaders(ranks: Mapping[str, int]) -> frozenset[str]:
    return frozenset(slug for slug, rank in ranks.items() if rank == 1)


def _names(document: Document) -> dict[str, str]:
    entries = (*_list(document, "excluded"), *_list(document, "ranking"))
    return {str(entry["slug"]): str(entry["name"]) for entry in entries}


def _listed(slugs: Iterable[str], names: Mapping[str, str]) -> str:
    return listing([names.get(slug, slug) for slug in slugs], shown=6)


def _leads(slugs: Sequence[str]) -> str:
    return "leads" if len(slugs) == 1 else "lead"


def _change(
    kind: Kind, slug: str, name: str, sentence: str, *, readings: tuple[Reading, ...] = ()
) -> Change:
    return Change(kind, slug, name, "", "", None, None, None, readings, (), False, sentence)


def _list(document: Document, name: str) -> list[Any]:
    found = document.get(name, [])
    return found if isinstance(found, list) else []


def _percent(share: float) -> str:
    return f"{share * 100:.3g} %"


def _plain(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
