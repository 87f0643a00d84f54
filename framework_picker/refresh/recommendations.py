"""What the answers of the published use cases recommend, before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from framework_picker.catalog.loader import LoadedData
from framework_picker.domain.judging import evaluate

PLACES = 3


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The first places of a use case: slugs by rank, those of equal rank together."""

    use_case: str
    name: str
    places: tuple[tuple[str, ...], ...]

    @property
    def first(self) -> tuple[str, ...]:
        """Who stands in first place; nobody where no framework is left."""
        return self.places[0] if self.places else ()


@dataclass(frozen=True, slots=True)
class Move:
    """A use case whose first places are others now."""

    use_case: str
    is_first_place: bool
    sentence: str


def recommendations(loaded: LoadedData) -> tuple[Recommendation, ...]:
    """The first three places of every use case, in the order of the file."""
    catalog = loaded.catalog
    found: list[Recommendation] = []
    for use_case in catalog.use_cases.values():
        evaluation = evaluate(catalog, loaded.table, use_case.answers)
        by_rank: dict[int, list[str]] = {}
        for ranked in evaluation.ranking:
            if ranked.rank <= PLACES:
                by_rank.setdefault(ranked.rank, []).append(ranked.slug)
        places = tuple(tuple(sorted(by_rank[rank])) for rank in sorted(by_rank))
        found.append(Recommendation(use_case.id, use_case.name, places))
    return tuple(found)


def moves(
    before: Sequence[Recommendation],
    after: Sequence[Recommendation],
    name_by_slug: Mapping[str, str],
) -> tuple[Move, ...]:
    """A sentence per use case with other first places, changes of the first place in front."""

    def names(slugs: Sequence[str]) -> str:
        return " and ".join(name_by_slug[slug] for slug in slugs) or "nobody"

    def order(recommendation: Recommendation) -> str:
        return ", ".join(names(slugs) for slugs in recommendation.places) or "nobody"

    known = {recommendation.use_case: recommendation for recommendation in before}
    found: list[Move] = []
    for new in after:
        old = known.get(new.use_case)
        if old is None or old.places == new.places:
            continue
        if old.first != new.first:
            sentence = f"{new.name}: {names(new.first)} in first place, before {names(old.first)}"
        else:
            sentence = f"{new.name}: the first three are {order(new)}, before {order(old)}"
        found.append(Move(new.use_case, old.first != new.first, sentence))
    return tuple(sorted(found, key=lambda move: not move.is_first_place))
