"""What the judging refuses, each with a sentence that names the place."""

from __future__ import annotations


class JudgingError(Exception):
    """Base of everything the domain refuses."""


class UnknownAnswerError(JudgingError):
    """A question or an option that the catalog does not have."""


class OverrideError(JudgingError):
    """A value of the visitor's own that cannot stand in place of ours."""


class ValueFunctionError(JudgingError):
    """A value function that is not one, or an input it has no value for."""


class ScoringInputError(JudgingError):
    """A value, a weight or swing points that cannot be scored (NaN, negative, out of range)."""


class MeasureError(JudgingError):
    """A rule for a derived fact that cannot be read."""


class PlanError(JudgingError):
    """A load that cannot be planned: a number out of range, or nothing measured for it."""


class RuleError(JudgingError):
    """A must-have rule that asks nothing, or more than one thing at once."""
