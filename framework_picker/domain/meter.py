"""How far the questions have come, in words: what is answered, who is out of the race."""

from __future__ import annotations

from collections.abc import Mapping

from framework_picker.domain.answers import open_questions
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.explain import listing
from framework_picker.domain.model import Catalog
from framework_picker.domain.outlook_rows import Glance, Outlook


def progress_words(catalog: Catalog, answers: Mapping[str, str], look: Glance | Outlook) -> str:
    """What is answered and what can still matter, in figures.

    ``5 answered · 7 open questions may still change the first place``. They are at most so many:
    a question that is not counted changes the first place under no answers at all.
    """
    still_open = len(open_questions(catalog, answers))
    asked = sum(question.kind != "switch" for question in catalog.questions.values())
    if not still_open:
        return f"All {asked} questions are answered"
    answered = f"{asked - still_open} answered" if still_open < asked else "Nothing answered yet"
    if look.proof.is_settled:
        return f"{answered} · no open question can change the first place"
    may_change = len(look.proof.can_change_first)
    if not look.leader or not may_change:
        return f"{answered} · {_questions(still_open)}"
    return f"{answered} · {_questions(may_change)} may still change the first place"


def race_sentence(catalog: Catalog, evaluation: Evaluation, look: Glance | Outlook) -> str:
    """Who can no longer catch the leader, whatever else is answered.

    Empty where there is no race: nobody is left, nothing matters, or everything is answered.
    """
    if not look.is_available or not open_questions(catalog, evaluation.answers):
        return ""
    if not look.leader:
        names = [catalog.alternatives[slug].name for slug in evaluation.joint_winners]
        return f"{listing(names)} share first place, so nothing is settled yet."
    name = catalog.alternatives[look.leader].name
    if look.proof.is_settled:
        return f"Nothing you have not answered can change the first place: it stays with {name}."
    rivals, beaten = len(look.proof.rivals), len(look.proof.beaten)
    if not rivals:
        return f"{name} is the only one left, but an open answer may still rule it out."
    if not beaten:
        return (
            f"Nobody is out of the race yet: an open answer may still rule {name} out, or put "
            "another ahead."
        )
    return (
        f"{name} can no longer be caught by {beaten} of {rivals} others, whatever you answer next."
    )


def _questions(count: int) -> str:
    return "1 open question" if count == 1 else f"{count} open questions"
