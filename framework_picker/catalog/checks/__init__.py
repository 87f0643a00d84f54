"""What the entries mean together. Each check has a name and reports every fault it finds."""

from __future__ import annotations

from collections.abc import Callable

from framework_picker.catalog.checks import (
    answers,
    claims,
    criteria,
    evidence,
    facts,
    frameworks,
    performance,
    published,
    questions,
    runs,
    tables,
)
from framework_picker.catalog.drafts import Draft
from framework_picker.catalog.problems import Report

Check = Callable[[Draft, Report], None]

CHECKS: tuple[Check, ...] = (
    *frameworks.CHECKS,
    *facts.CHECKS,
    *evidence.CHECKS,
    *criteria.CHECKS,
    *questions.CHECKS,
    *answers.CHECKS,
    *tables.CHECKS,
    *runs.CHECKS,
    *claims.CHECKS,
    *published.CHECKS,
    *performance.CHECKS,
)


def check_meaning(draft: Draft, report: Report) -> None:
    """Runs every check; what they find is in the report."""
    for check in CHECKS:
        check(draft, report)
