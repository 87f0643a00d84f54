"""What a process holds for every visitor: the draws, the sampled values, what answers may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from framework_picker.domain.answers import DONT_KNOW, MUST, UNSURE_SUFFIX, answer_values
from framework_picker.domain.arrays import Bools, Floats
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.evaluation import METHOD_VERSION
from framework_picker.domain.importance import importance_question
from framework_picker.domain.information import MUST_HAVE_PROBABILITY
from framework_picker.domain.model import Catalog, Option, Question
from framework_picker.domain.must_haves import support
from framework_picker.domain.sampling import (
    SAMPLES,
    Belief,
    Draws,
    belief_over_levels,
    cells_around,
    draws,
    value_samples,
)
from framework_picker.domain.values import ValueTable
from framework_picker.domain.weights import question_points

OPEN = ""
"""The answer that is not there."""

Cells = tuple[Floats, Floats]


@dataclass(frozen=True, eq=False)
class AskedQuestion:
    """A question as the kernels see it, one row per option.

    ``column`` is its place among the draws. ``criteria`` are the columns it feeds. ``points``
    holds the nominal points of each option, ``lowest`` and ``highest`` the ends of the cells they
    stand for, all (options, criteria fed). ``levels`` is the number of importance levels, which
    are the first options; 0 for a choice. ``nominal``: what each answer counts, per criterion
    fed. ``beliefs``: what each answer may mean. An open question has two: ``beliefs[OPEN]``, what
    it may weigh (as "don't know"), and ``when_asked``, what the visitor may say, a must-have
    included.
    """

    question: Question
    column: int
    options: tuple[str, ...]
    criteria: tuple[int, ...]
    points: Floats
    lowest: Floats
    highest: Floats
    levels: int
    nominal: Mapping[str, Floats]
    beliefs: Mapping[str, Belief]
    when_asked: Belief


@dataclass(frozen=True, eq=False)
class Engine:
    """Everything the outlook needs that does not depend on a visitor.

    Made once per process. Uniform numbers come from the versions of method and data alone, so
    every process shows the same, and neighboring answers are compared on common random numbers.
    ``slugs`` and ``criteria`` are the rows and columns of all arrays, sorted by id. ``asked`` has
    one question per column of ``drawn.questions``: those of the catalog without switches, sorted
    by id, then for each criterion the one that sets its importance directly. ``fails`` and
    ``unverified``: per must-have, who does not support it and for whom nobody has verified it.
    """

    method_version: str
    data_version: str
    table: ValueTable
    slugs: tuple[str, ...]
    criteria: tuple[str, ...]
    asked: Mapping[str, AskedQuestion]
    fails: Mapping[str, Bools]
    unverified: Mapping[str, Bools]
    drawn: Draws
    samples: NDArray[np.float32]
    must_have_probability: float

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The row of each alternative."""
        return {slug: row for row, slug in enumerate(self.slugs)}


def engine(
    catalog: Catalog,
    table: ValueTable,
    *,
    samples: int = SAMPLES,
    must_have_probability: float = MUST_HAVE_PROBABILITY,
) -> Engine:
    """Everything drawn and prepared once, from the method version and the data version.

    ``must_have_probability`` is how likely an open question with a must-have is answered with it.

    Raises:
        ScoringInputError: values, half-widths or points that cannot be used, naming the cell; or
            more than one question that decides whether add-ons take part.
    """
    slugs = tuple(str(slug) for slug in table.values.index)
    criteria = tuple(str(criterion) for criterion in table.values.columns)
    questions = [
        *(q for _, q in sorted(catalog.questions.items()) if q.kind != "switch"),
        *(importance_question(catalog, criterion) for criterion in criteria),
    ]
    deciding = [q.id for q in questions if any(option.includes for option in q.options)]
    if len(deciding) > 1:
        raise ScoringInputError(f"expected one question that lists add-ons, got {deciding}")
    drawn = draws(
        method_version=METHOD_VERSION,
        data_version=catalog.data_version,
        questions=len(questions),
        alternatives=len(slugs),
        criteria=len(criteria),
        samples=samples,
    )
    supports = {
        must_have.id: [support(catalog.alternatives[slug], must_have.rule) for slug in slugs]
        for must_have in catalog.must_haves.values()
    }
    return Engine(
        method_version=METHOD_VERSION,
        data_version=catalog.data_version,
        table=table,
        slugs=slugs,
        criteria=criteria,
        asked={
            question.id: _asked(catalog, question, column, criteria, must_have_probability)
            for column, question in enumerate(questions)
        },
        fails={
            name: np.array([entry is False for entry in row], dtype=bool)
            for name, row in supports.items()
        },
        unverified={
            name: np.array([entry is None for entry in row], dtype=bool)
            for name, row in supports.items()
        },
        drawn=drawn,
        samples=value_samples(
            drawn.values,
            table.values.to_numpy(dtype=np.float64),
            table.half_widths.to_numpy(dtype=np.float64),
            table.is_known.to_numpy(dtype=bool),
        ),
        must_have_probability=must_have_probability,
    )


def _asked(
    catalog: Catalog,
    question: Question,
    column: int,
    criteria: tuple[str, ...],
    must_have_probability: float,
) -> AskedQuestion:
    fed = tuple(criteria.index(criterion) for criterion in question.feeds)
    points = np.array(
        [
            [option.points.get(criterion, 0.0) for criterion in question.feeds]
            for option in question.options
        ]
    ).reshape(len(question.options), len(fed))
    lowest, highest = _cells(catalog, question, points)
    levels = sum(_is_level(catalog, question, option) for option in question.options)
    is_must = np.array([option.id == MUST for option in question.options])
    if question.kind != "importance":
        is_must[:] = False
    asked_options = (~is_must).astype(float)
    open_shares = asked_options / asked_options.sum()
    when_asked = open_shares
    if is_must.any():
        when_asked = np.where(
            is_must, must_have_probability, open_shares * (1.0 - must_have_probability)
        )

    def belief(shares: Floats) -> Belief:
        return Belief(fed, shares, lowest, highest)

    names = [option.id for option in question.options]
    beliefs = {}
    for value in (OPEN, *answer_values(catalog, question)):
        if value in (OPEN, DONT_KNOW):
            shares = open_shares
        else:
            is_unsure = value not in names
            picked = names.index(value.removesuffix(UNSURE_SUFFIX) if is_unsure else value)
            shares = np.zeros(len(names))
            if levels and picked < levels:
                shares[:levels] = belief_over_levels(levels, picked, is_unsure=is_unsure)
            else:
                shares[picked] = 1.0
        beliefs[value] = belief(shares)
    return AskedQuestion(
        question=question,
        column=column,
        options=tuple(names),
        criteria=fed,
        points=points,
        lowest=lowest,
        highest=highest,
        levels=levels,
        nominal={
            value: _in_order(question_points(catalog, question, value), question.feeds)
            for value in (OPEN, *answer_values(catalog, question))
        },
        beliefs=beliefs,
        when_asked=belief(when_asked) if is_must.any() else beliefs[OPEN],
    )


def _is_level(catalog: Catalog, question: Question, option: Option) -> bool:
    return question.kind == "importance" and option.id in catalog.levels


def _cells(catalog: Catalog, question: Question, points: Floats) -> Cells:
    """The ends of the cells of every option; a must-have adds exactly nothing."""
    levels = sorted(catalog.levels.values(), key=lambda level: level.points)
    lowest, highest = cells_around(
        points, [level.points for level in levels], [level.cell for level in levels]
    )
    if question.kind == "importance":
        for row, option in enumerate(question.options):
            if option.id == MUST:
                lowest[row], highest[row] = 0.0, 0.0
    return lowest, highest


def _in_order(points: Mapping[str, float], criteria: tuple[str, ...]) -> Floats:
    return np.array([points.get(criterion, 0.0) for criterion in criteria])
