"""What a refresh found and did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from framework_picker.refresh.changes import Change, Mark, Skip
from framework_picker.refresh.recommendations import Move


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a refresh found and did.

    ``confirmed`` counts what was read again and is as before. ``rows`` counts new rows by table
    file. ``written`` lists files inside the data folder; after a dry run those that would be
    written. ``by_hand`` lists what somebody should look at. ``name_by_slug`` is for words.
    """

    as_of_before: str
    as_of_after: str
    data_version_before: str
    data_version_after: str
    frameworks: int
    packages: int
    confirmed: int
    changes: tuple[Change, ...]
    marks: tuple[Mark, ...]
    rows: Mapping[str, int]
    skips: tuple[Skip, ...]
    by_hand: tuple[str, ...]
    moves: tuple[Move, ...]
    use_cases: int
    written: tuple[str, ...]
    is_dry_run: bool
    name_by_slug: Mapping[str, str]
