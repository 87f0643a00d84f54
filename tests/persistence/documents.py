"""A document to save, made without the catalog, and where the migrations are."""

import random
from pathlib import Path

from framework_picker.domain.document import Json

ROOT = Path(__file__).resolve().parent.parent.parent
MIGRATIONS = ROOT / "alembic"


def document(seed: int = 0, size: int = 300) -> dict[str, Json]:
    """A document in the form of ours, another for each seed; it does not compress to nothing."""
    chance = random.Random(seed)
    return {
        "schema_version": 1,
        "method_version": "1.0",
        "data_version": "0123abcd",
        "data_as_of": "2026-11-20",
        "answers": {"use": "api", "admin": "lot", "value.django.learning": "80|knows “it”"},
        "sentence": f"Djängo fits best · {seed}",
        "winner": "django",
        "ties": [],
        "ranking": [
            {"slug": f"f{place}", "score": chance.random() * 100, "name": f"F {place}"}
            for place in range(size)
        ],
    }
