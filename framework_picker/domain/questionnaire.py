"""The questionnaire as the kernels see it: what is given, what is left, what could change."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framework_picker.domain.answers import MUST, picked_option
from framework_picker.domain.arrays import Bools, Counts, Floats
from framework_picker.domain.engine import OPEN, AskedQuestion, Engine
from framework_picker.domain.flips import FROM_NOTHING_COST, MUST_HAVE_COST, Change
from framework_picker.domain.importance import swing_sources
from framework_picker.domain.information import OptionsLeft
from framework_picker.domain.model import Catalog
from framework_picker.domain.must_haves import is_strict, is_waived
from framework_picker.domain.sampling import Belief
from framework_picker.domain.scoring import TIE


@dataclass(frozen=True, slots=True)
class Given:
    """A question, its answer, and what each option requires of the alternatives.

    ``value`` is empty while the question is open. ``picked`` is the position of the option, None
    when nothing is picked. ``columns``: the criteria that take points from it (a criterion whose
    importance is set directly takes none), ``used`` their places in ``asked.criteria``.
    ``failed``: per option and alternative, how many of the option's requirements it fails;
    ``failed_by_nothing`` the same while no option is picked. ``toggles``: per option, the
    must-haves it requires, without those a switch waives.
    """

    asked: AskedQuestion
    value: str
    picked: int | None
    columns: tuple[int, ...]
    used: tuple[int, ...]
    failed: Counts
    failed_by_nothing: Counts
    toggles: tuple[frozenset[str], ...]

    @property
    def is_open(self) -> bool:
        """Whether the question has no answer yet."""
        return self.value == OPEN

    @property
    def is_must(self) -> bool:
        """Whether it is answered with its must-have."""
        return self.value == MUST and self.asked.levels > 0

    @property
    def level(self) -> int | None:
        """The importance level picked, sure or not."""
        is_level = self.picked is not None and self.picked < self.asked.levels
        return self.picked if is_level else None

    @property
    def failed_now(self) -> Counts:
        """How many of the answer's requirements each alternative fails."""
        return self.failed_by_nothing if self.picked is None else self.failed[self.picked]

    @property
    def nominal(self) -> Floats:
        """What the answer counts, per entry of ``columns``."""
        return self.asked.nominal[self.value][list(self.used)]

    @property
    def option_points(self) -> Floats:
        """What each option counts, per entry of ``columns``."""
        return self.asked.points[:, list(self.used)]

    def belief(self, *, when_asked: bool = False) -> Belief:
        """What the answer may weigh; what an open one may be, must-haves included, when asked."""
        found = self.asked.when_asked if when_asked and self.is_open else None
        found = found or self.asked.beliefs[self.value]
        if len(self.used) == len(self.asked.criteria):
            return found
        used = list(self.used)
        return Belief(
            self.columns, found.probabilities, found.lowest[:, used], found.highest[:, used]
        )


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All that is given: one entry per question, in the order asked.

    ``failed``: how many requirements of the answers each alternative fails now; it competes at
    zero. An alternative that no answer can bring in fails one more.
    """

    given: tuple[Given, ...]
    never: Counts

    @property
    def failed(self) -> Counts:
        """Failed requirements per alternative, as the answers stand."""
        return self._sum(self.given)

    @property
    def failed_for_good(self) -> Counts:
        """Failed requirements of answered questions alone: no open answer brings these back."""
        return self._sum(given for given in self.given if not given.is_open)

    @property
    def open(self) -> tuple[int, ...]:
        """Positions of the open questions."""
        return tuple(place for place, given in enumerate(self.given) if given.is_open)

    def _sum(self, given: Iterable[Given]) -> Counts:
        total = self.never.copy()
        for one in given:
            total += one.failed_now
        return total


def questionnaire(catalog: Catalog, engine: Engine, answers: Mapping[str, str]) -> Questionnaire:
    """What the answers give, leave open and require. Takes answers in canonical form."""
    strict = is_strict(answers)
    fails = {
        name: row | engine.unverified[name] if strict else row for name, row in engine.fails.items()
    }
    waived = {name for name in catalog.must_haves if is_waived(catalog, answers, name)}
    is_addon = np.array([catalog.alternatives[slug].role == "addon" for slug in engine.slugs])
    given = []
    is_decided = False
    for source in swing_sources(catalog, answers):
        asked = engine.asked.get(source.question.id)
        if asked is None:
            continue
        options = asked.question.options
        decides = any(option.includes for option in options)
        is_decided |= decides
        failed = np.zeros((len(options), len(engine.slugs)), dtype=np.int64)
        toggles = []
        for row, option in enumerate(options):
            needed = [name for name in dict.fromkeys(option.requires) if name not in waived]
            for name in needed:
                failed[row] += fails[name]
            if decides and "addon" not in option.includes:
                failed[row] += is_addon
            toggles.append(frozenset(needed))
        picked = picked_option(asked.question, source.value)
        feeds = set(source.feeds)
        used = tuple(place for place, name in enumerate(asked.question.feeds) if name in feeds)
        given.append(
            Given(
                asked=asked,
                value=source.value,
                picked=None if picked is None else options.index(picked),
                columns=tuple(asked.criteria[place] for place in used),
                used=used,
                failed=failed,
                failed_by_nothing=is_addon.astype(np.int64) * decides,
                toggles=tuple(toggles),
            )
        )
    return Questionnaire(tuple(given), is_addon.astype(np.int64) * (not is_decided))


def options_left(given: Given, criteria: int) -> OptionsLeft:
    """What the question may still add to the sums, and whom it may rule out.

    An open choice may also be answered with "don't know": the mean of its options, and nothing
    required. For an importance question that lies between its levels and adds nothing new.
    """
    if given.is_open:
        points, failed = given.option_points, given.failed
        if not given.asked.levels:
            points = np.vstack([points, given.nominal])
            failed = np.vstack([failed, given.failed_by_nothing])
    else:
        points, failed = given.nominal[np.newaxis], given.failed_now[np.newaxis]
    wide = np.zeros((len(points), criteria))
    wide[:, list(given.columns)] = points
    return OptionsLeft(wide, failed > 0)


def point_ranges(asked: Sequence[Given], criteria: int) -> tuple[Floats, Floats]:
    """The lowest and the highest swing points each criterion may have (METHOD section 9).

    Answered: the cell. Not sure: the cells of the neighbors too. Open and don't know: every cell.
    """
    low, high = np.zeros(criteria), np.zeros(criteria)
    for given in asked:
        if given.columns:
            possible = given.asked.beliefs[given.value].probabilities > 0
            columns, used = list(given.columns), list(given.used)
            low[columns] += given.asked.lowest[possible][:, used].min(axis=0)
            high[columns] += given.asked.highest[possible][:, used].max(axis=0)
    return low, high


def changes(
    found: Questionnaire, level_points: Sequence[float], criteria: int
) -> tuple[tuple[Change, ...], tuple[frozenset[str], ...]]:
    """Every answer given differently, and the must-haves that each of them toggles.

    The cost is the number of level steps, plus 2 per must-have switched on or off and per other
    set of frameworks let in. From nothing to any answer without a must-have costs 1. Between two
    options of a choice the steps are those of the criterion that moves most. Of options that come
    to the same the first is tried.
    """
    listed: list[Change] = []
    toggled: list[frozenset[str]] = []
    for place, given in enumerate(found.given):
        now = given.failed_now
        held = frozenset[str]() if given.picked is None else given.toggles[given.picked]
        seen = set()
        for option in range(len(given.asked.options)):
            points = np.zeros(criteria)
            points[list(given.columns)] = given.option_points[option] - given.nominal
            ruled = given.failed[option] - now
            same = (points.tobytes(), ruled.tobytes())
            if option == given.picked or same in seen or not (points.any() or ruled.any()):
                continue
            seen.add(same)
            changed = held ^ given.toggles[option]
            lets_in = bool((ruled != 0).any()) and not changed
            cost = MUST_HAVE_COST * (len(changed) + lets_in)
            cost += _steps(given, option, level_points, is_toggled=cost > 0)
            listed.append(Change(place, option, cost, points, ruled))
            toggled.append(changed)
    return tuple(listed), tuple(toggled)


def level_steps(points: Floats | float, level_points: Sequence[float]) -> Floats:
    """Where points lie on a scale whose levels are one step apart, as far as the last level."""
    return np.asarray(np.interp(points, level_points, np.arange(len(level_points))))


def _steps(given: Given, option: int, level_points: Sequence[float], *, is_toggled: bool) -> int:
    """Level steps from the answer to an option."""
    if given.picked is None:
        return 0 if is_toggled else FROM_NOTHING_COST
    if given.asked.levels:
        is_between_levels = given.level is not None and option < given.asked.levels
        return abs(option - given.picked) if is_between_levels else 0
    if not given.columns:
        return 0
    moved = np.abs(
        level_steps(given.option_points[option], level_points)
        - level_steps(given.nominal, level_points)
    )
    return math.ceil(float(moved.max()) - TIE)


def never_competes(questionnaire: Questionnaire, criteria: int) -> OptionsLeft:
    """Those that no answer brings in, as one more settled question."""
    out: Bools = questionnaire.never > 0
    return OptionsLeft(np.zeros((1, criteria)), out[np.newaxis])
