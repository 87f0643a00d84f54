"""Everything that follows from one set of answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

METHOD_VERSION = "1.0"

Status = Literal["no-survivor", "no-preference", "tie", "clear"]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An alternative that survived the must-haves.

    ``score`` and ``contributions`` are points, 0..100; the contributions sum to the score.
    ``coverage`` is the weight share that has facts, 0..1. ``unverified`` lists required
    must-haves whose support is unknown. ``dominated_by`` lists alternatives at least as good on
    every criterion and better on one.
    """

    slug: str
    rank: int
    score: float
    gap: float
    contributions: Mapping[str, float]
    coverage: float
    has_thin_evidence: bool
    is_level_with_first: bool
    unverified: tuple[str, ...]
    dominated_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an alternative is out: the must-have, the answer that required it, a sentence."""

    must_have: str
    question: str
    option: str
    sentence: str
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class Excluded:
    """An alternative that failed a must-have; it stays visible with every reason."""

    slug: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A smallest set of must-haves to give up, and who comes back."""

    must_haves: tuple[str, ...]
    questions: tuple[str, ...]
    returning: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that follows from one set of answers.

    ``values``, ``contributions``: rows survivors (slug), columns criteria (id), float64, sorted
    by label. ``weights`` sum to 1. ``unranked`` lists alternatives of other languages that the
    visitor asked to see. ``runner_up`` is the best alternative below the first place.
    """

    status: Status
    method_version: str
    data_version: str
    answers: Mapping[str, str]
    ranking: tuple[Ranked, ...]
    winner: str | None
    joint_winners: tuple[str, ...]
    runner_up: str | None
    excluded: tuple[Excluded, ...]
    relaxations: tuple[Relaxation, ...]
    violations: Mapping[str, int]
    swing_points: pd.Series[float]
    weights: pd.Series[float]
    values: pd.DataFrame
    contributions: pd.DataFrame
    non_separating: tuple[str, ...]
    unranked: tuple[str, ...]
    open_questions: tuple[str, ...]
