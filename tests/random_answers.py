"""Answers as visitors give them, the same for the same seed."""

from __future__ import annotations

from random import Random

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.answers import answer_values
from framework_picker.domain.importance import importance_id
from framework_picker.domain.overrides import override_id


def random_answers(seed: int) -> dict[str, str]:
    """Some questions answered, few or all; some importances and values set directly."""
    catalog, chance = get_catalog(), Random(seed)
    answers: dict[str, str] = {}
    share = chance.random()
    for question in catalog.questions.values():
        if chance.random() < share:
            answers[question.id] = chance.choice(answer_values(catalog, question))
    if chance.random() < 0.3:
        for criterion in chance.sample(list(catalog.criteria), chance.randint(1, 3)):
            answers[importance_id(criterion)] = chance.choice(list(catalog.levels))
    if chance.random() < 0.3:
        slug = chance.choice([s for s, a in catalog.alternatives.items() if a.role == "candidate"])
        for criterion in chance.sample(list(catalog.criteria), chance.randint(1, 3)):
            answers[override_id(slug, criterion)] = f"{chance.randint(0, 100)}~we know it"
    return answers
