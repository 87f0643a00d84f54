"""The complete decision as JSON."""

from __future__ import annotations

import json
from typing import Any

from framework_picker.exports.head import Head
from framework_picker.exports.record import KIND
from framework_picker.exports.rows import Document


def decision_json(document: Document, head: Head) -> str:
    """The whole evaluation document inside its frame; ``check`` replays it."""
    return json.dumps(complete(document, head), indent=2, ensure_ascii=False) + "\n"


def complete(document: Document, head: Head) -> dict[str, Any]:
    """The frame (kind, schema, title, note, day, address) and the document under ``evaluation``."""
    return {
        "kind": KIND,
        "schema_version": document["schema_version"],
        "id": head.decision_id,
        "title": head.title,
        "note": head.note,
        "made_on": head.made_on.isoformat(),
        "address": head.address,
        "answers": document["answers"],
        "evaluation": dict(document),
    }
