"""The pictures of a result by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from matplotlib.figure import Figure

from framework_picker.exports.head import Head
from framework_picker.exports.pictures.changes import changes_picture
from framework_picker.exports.pictures.ranking import ranking_picture
from framework_picker.exports.pictures.versions import versions_picture
from framework_picker.exports.pictures.waterfall import waterfall_picture
from framework_picker.exports.rows import Document

PICTURES: Mapping[str, Callable[[Document, Head], Figure]] = {
    "ranking": ranking_picture,
    "waterfall": waterfall_picture,
    "versions": versions_picture,
    "changes": changes_picture,
}
