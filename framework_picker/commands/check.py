"""``check``: whether a saved decision still holds with today's data, and what has moved."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from framework_picker.catalog.kept import released
from framework_picker.catalog.loader import LoadedData, load_data
from framework_picker.catalog.problems import CatalogError
from framework_picker.catalog.releases import ReleaseError
from framework_picker.commands.reading import SavedDecision, decision_of, read_text
from framework_picker.domain.differences import Change, Differences, Reading, differences
from framework_picker.domain.document import Json, plain
from framework_picker.domain.engine import engine
from framework_picker.domain.explain import listing
from framework_picker.domain.replay import replay

SAME_SCORE = 1e-6
"""Scores of a record that differ by less are the same; it comes from rounding alone."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What ``check`` found. ``notes`` say what limits it, one sentence each.

    ``differences`` is None where the values of then are not known: for a record whose data release
    is not here.
    """

    holds: bool
    sentence: str
    title: str
    first_then: tuple[str, ...]
    first_now: tuple[str, ...]
    data_version_then: str
    data_version_now: str
    as_of_then: str
    as_of_now: str
    notes: tuple[str, ...]
    differences: Differences | None


def finding(name: str, data_folder: Path) -> Finding:
    """What became of the decision in a file.

    Raises:
        InputError: the file holds no decision.
        CatalogError: today's data cannot be used.
    """
    saved = decision_of(read_text(name), name)
    loaded = load_data(data_folder)
    now = _replayed(loaded, saved)
    then = saved.document
    notes = [str(notice) for notice in _texts(now["notices"])]
    if then is None:
        then, note = _from_release(saved)
        notes += [note] if note else []
    if then is None:
        return _by_places(saved, loaded, now, notes)
    found = differences(then, now)
    return Finding(
        holds=found.holds,
        sentence=found.sentence,
        title=saved.title,
        first_then=found.first_then,
        first_now=found.first_now,
        data_version_then=found.data_version_then,
        data_version_now=found.data_version_now,
        as_of_then=found.as_of_then,
        as_of_now=found.as_of_now,
        notes=tuple(dict.fromkeys(notes)),
        differences=found,
    )


def finding_json(found: Finding) -> str:
    """The finding for programs."""
    return json.dumps(plain(asdict(found)), indent=2, ensure_ascii=False)


def finding_lines(found: Finding) -> Iterator[str]:
    """The finding for people: the verdict first, then what moved, value by value.

    Words of the file may stand in it; what would steer a terminal is taken out.
    """
    for line in _lines(found):
        yield "".join("?" if unicodedata.category(sign)[0] == "C" else sign for sign in line)


def _lines(found: Finding) -> Iterator[str]:
    yield f"{found.title}: {found.sentence}" if found.title else found.sentence
    if found.differences is not None and found.differences.because:
        yield found.differences.because
    yield from _versions(found)
    yield from found.notes
    if found.differences is None:
        return
    moved = [place for place in found.differences.places if place.rank_then != place.rank_now]
    if moved:
        yield ""
        yield "Places that changed:"
        for place in moved:
            yield f"  {place.name}: {_rank(place.rank_then)} then, {_rank(place.rank_now)} now"
    if found.differences.changes:
        yield ""
        yield "What changed, with what moved the first place on top:"
        for change in found.differences.changes:
            yield from _change(change)
    unweighted = found.differences.unweighted
    if unweighted:
        yield f"{unweighted} more values changed where these answers give no weight."


def _change(change: Change) -> Iterator[str]:
    points = f" ({change.points:+.1f} points)" if change.points else ""
    yield f"  {change.sentence}{points}"
    for reading in change.readings:
        yield f"    {_reading(reading)}"
    for move in change.moves:
        yield (f"    Alone it moves {move.name} from {_rank(move.before)} to {_rank(move.after)}.")


def _reading(reading: Reading) -> str:
    """What was read then and now, each with its date, and where."""
    then = f"{reading.then or 'nothing'}{_dated(reading.as_of_then)}"
    now = f"{reading.now or 'nothing'}{_dated(reading.as_of_now)}"
    sources = listing(list(reading.source_now or reading.source_then), shown=3)
    where = f"; {sources}" if reading.source_now or reading.source_then else ""
    return f"{reading.label}: {then}, now {now}{where}"


def _dated(as_of: str) -> str:
    return f" ({as_of})" if as_of else ""


def _rank(rank: int | None) -> str:
    return "not ranked" if rank is None else f"place {rank}"


def _versions(found: Finding) -> Iterator[str]:
    if found.data_version_then == found.data_version_now:
        yield f"The data is the same: as of {found.as_of_now}, version {found.data_version_now}."
    else:
        yield (
            f"Data then: as of {found.as_of_then}, version {found.data_version_then}; "
            f"now: as of {found.as_of_now}, version {found.data_version_now}."
        )


def _replayed(loaded: LoadedData, saved: SavedDecision) -> dict[str, Json]:
    drawn = engine(loaded.catalog, loaded.table)
    return replay(loaded.catalog, loaded.table, drawn, saved.answers)


def _from_release(saved: SavedDecision) -> tuple[dict[str, Json] | None, str]:
    """What the data of that day says, and a sentence where it does not fit the record."""
    try:
        then = _replayed(released(saved.data_version), saved)
    except (ReleaseError, CatalogError):
        return None, (
            f"The data of version {saved.data_version} is not here, so it cannot be said which "
            "values changed; a decision.json holds them itself."
        )
    places = {
        str(entry["slug"]): (entry["rank"], entry["score"]) for entry in _entries(then["ranking"])
    }
    is_same = places.keys() == {place.slug for place in saved.places} and all(
        places[place.slug][0] == place.rank
        and abs(float(str(places[place.slug][1])) - place.score) <= SAME_SCORE
        for place in saved.places
    )
    if is_same:
        return then, ""
    return None, (
        "The record’s places are not those that its answers and data give today, so the record is "
        "taken at its word and values are not compared."
    )


def _by_places(
    saved: SavedDecision, loaded: LoadedData, now: dict[str, Json], notes: list[str]
) -> Finding:
    """The finding where only the places of then are known."""
    first_then = (
        (saved.winner,)
        if saved.winner
        else tuple(sorted(place.slug for place in saved.places if place.rank == 1))
    )
    winner = now["winner"]
    first_now = (str(winner),) if winner else tuple(sorted(_texts(now["ties"])))
    holds = first_then == first_now
    names = {slug: found.name for slug, found in loaded.catalog.alternatives.items()}
    was, leads = (
        listing([names.get(slug, slug) for slug in slugs], shown=6)
        for slugs in (first_then, first_now)
    )
    return Finding(
        holds=holds,
        sentence=f"{was} still holds." if holds else f"Then {was}, now {leads}.",
        title=saved.title,
        first_then=first_then,
        first_now=first_now,
        data_version_then=saved.data_version,
        data_version_now=str(now["data_version"]),
        as_of_then=saved.data_as_of,
        as_of_now=str(now["data_as_of"]),
        notes=tuple(dict.fromkeys(notes)),
        differences=None,
    )


def _texts(found: Json) -> list[str]:
    return [str(entry) for entry in found] if isinstance(found, list) else []


def _entries(found: Json) -> list[dict[str, Json]]:
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []
