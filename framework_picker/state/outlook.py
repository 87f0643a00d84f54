"""What follows from a set of answers, computed once for everybody who gives the same ones.

All of it is a pure function of answers and data, so the process remembers what it computed last,
for all visitors together; nothing is kept per visitor. What is returned is shared: read it only.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.catalog.engine import get_engine as get_engine
from framework_picker.domain.document import Json, evaluation_document
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.judging import evaluate
from framework_picker.domain.outlook import Outlook, glance, next_questions, outlook
from framework_picker.domain.outlook_rows import Glance, NextQuestion
from framework_picker.domain.sampling import SAMPLES

Answers = tuple[tuple[str, str], ...]

COLLECTOR_THRESHOLDS = (5_000, 20, 200)
"""Objects until a short round, short rounds until a medium one, medium ones until a full one."""


@dataclass(frozen=True, slots=True)
class CacheUse:
    """How often something was asked for, and how often it was there already."""

    hits: int
    misses: int
    kept: int

    @property
    def hit_rate(self) -> float:
        """Share of the requests that needed no computing; 0 before the first one."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else 0.0


def evaluation_of(answers: Mapping[str, str]) -> Evaluation:
    """Must-haves, weights, scores and ranks."""
    return _evaluation(_key(answers))


def glance_of(answers: Mapping[str, str]) -> Glance:
    """The part of the outlook that the ranking shows at every click: a few milliseconds."""
    return _glance(_key(answers))


def next_questions_of(answers: Mapping[str, str]) -> tuple[NextQuestion, ...]:
    """The open questions, the most telling on top: a few milliseconds."""
    return _next_questions(_key(answers))


def outlook_of(answers: Mapping[str, str], *, samples: int = SAMPLES) -> Outlook:
    """How sure the evaluation is, what would change it, what to ask next: 10 milliseconds.

    Fewer ``samples`` are for while a slider moves.
    """
    return _outlook(_key(answers), samples)


def document_of(answers: Mapping[str, str]) -> dict[str, Json]:
    """Everything that follows from the answers, as it is saved, exported and answered to programs.

    Equal to ``replay`` of the same answers, from what is remembered here: a few milliseconds.
    """
    return evaluation_document(
        get_catalog(), get_value_table(), evaluation_of(answers), outlook_of(answers)
    )


def cache_use() -> dict[str, CacheUse]:
    """How well each of the above is remembered, since the process started."""
    found = {}
    for name, remembered in (
        ("evaluation", _evaluation),
        ("glance", _glance),
        ("next questions", _next_questions),
        ("outlook", _outlook),
    ):
        counts = remembered.cache_info()
        found[name] = CacheUse(counts.hits, counts.misses, counts.currsize)
    return found


def warm_up() -> None:
    """Compute what every visitor needs: the engine, and what follows from no answers.

    The first answer, too: everybody begins with the same question.
    """
    first = next(iter(get_catalog().questions.values()))
    for answers in ({}, *({first.id: option.id} for option in first.options)):
        glance_of(answers)
        next_questions_of(answers)


def settle_memory() -> None:
    """Keep the garbage collector's long rounds rare: each stops everybody while it lasts.

    What a started process holds stays as long as it does, so no round need look at it again. What
    comes later are mostly sessions, which live for hours: with a thousand of them a full round
    takes 0.4 s, and with Python's own thresholds there is one every few seconds.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTOR_THRESHOLDS)


def _key(answers: Mapping[str, str]) -> Answers:
    return tuple(sorted(answers.items()))


# Sizes by what one entry takes: about 40, 5, 2 and 60 kB.
@lru_cache(maxsize=1024)
def _evaluation(answers: Answers) -> Evaluation:
    return evaluate(get_catalog(), get_value_table(), dict(answers))


@lru_cache(maxsize=2048)
def _glance(answers: Answers) -> Glance:
    return glance(get_catalog(), get_value_table(), get_engine(), _evaluation(answers))


@lru_cache(maxsize=2048)
def _next_questions(answers: Answers) -> tuple[NextQuestion, ...]:
    return next_questions(get_catalog(), get_value_table(), get_engine(), _evaluation(answers))


@lru_cache(maxsize=256)
def _outlook(answers: Answers, samples: int) -> Outlook:
    return outlook(
        get_catalog(), get_value_table(), get_engine(), _evaluation(answers), samples=samples
    )
