"""The data version: one short hash of what the data files say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from framework_picker.catalog.documents import Plain

SHOWN_DIGITS = 8


def data_version(documents: Mapping[str, Plain]) -> str:
    """The first digits of ``content_hash``: short enough to be read and compared by people."""
    return content_hash(documents)[:SHOWN_DIGITS]


def content_hash(documents: Mapping[str, Plain]) -> str:
    """A SHA-256 over the content of all files.

    Neither the order of files, of names inside a file and of table rows, nor comments and
    formatting change it; every fact, source, date and note does. 24 and 24.0 are the same number.
    """
    text = _canonical({path: _unordered(path, content) for path, content in documents.items()})
    return sha256(text.encode()).hexdigest()


def _unordered(path: str, content: Plain) -> Plain:
    """Table rows in an order of their own; everything else as it is."""
    if path.endswith(".csv") and isinstance(content, list):
        return sorted(content, key=_canonical)
    return _plain_numbers(content)


def _plain_numbers(content: Plain) -> Plain:
    if isinstance(content, dict):
        return {name: _plain_numbers(value) for name, value in content.items()}
    if isinstance(content, list):
        return [_plain_numbers(item) for item in content]
    if isinstance(content, float) and content.is_integer():
        return int(content)
    return content


def _canonical(content: Plain) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
