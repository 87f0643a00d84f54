"""One replay for everybody: from answers, as they come in, to the evaluation document."""

from __future__ import annotations

from collections.abc import Mapping

from framework_picker.domain.answers import parse_answers
from framework_picker.domain.document import Json, evaluation_document
from framework_picker.domain.engine import Engine
from framework_picker.domain.judging import evaluate
from framework_picker.domain.model import Catalog
from framework_picker.domain.outlook import outlook
from framework_picker.domain.values import ValueTable


def replay(
    catalog: Catalog, table: ValueTable, engine: Engine, answers: Mapping[str, str]
) -> dict[str, Json]:
    """The document that follows from these answers and this data.

    ``answers`` are read as from a link: what the catalog does not know is left out, with a notice
    in the document. The page's own numbers are the same: ``state/outlook.py`` remembers the two
    steps in the middle for it.

    Raises:
        ScoringInputError: values that cannot be scored, or an engine of other data.
    """
    kept, notices = parse_answers(catalog, answers)
    evaluation = evaluate(catalog, table, kept)
    look = outlook(catalog, table, engine, evaluation)
    return evaluation_document(catalog, table, evaluation, look, notices=notices)
