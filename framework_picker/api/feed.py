"""The change log of the data as an Atom feed (RFC 4287), for programs that watch it."""

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import groupby
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from framework_picker.api.answering import site
from framework_picker.api.atom import MEDIA_TYPE, AtomEntry, atom_document
from framework_picker.catalog.changes import ChangeEntry, get_change_log
from framework_picker.catalog.current import get_catalog

TITLE = "Framework Picker: changes of the data"
MOST_ENTRIES = 50

_CODE = re.compile(r"`([^`]+)`")


async def data_feed(request: Request) -> Response:
    """The feed; 304 without one when the reader has it already."""
    ours = site(request)
    started = datetime.combine(get_catalog().as_of, time(), UTC)
    address = f"{ours}{request.url.path}"
    body = atom(get_change_log(), address=address, site=f"{ours}/", without_entries=started)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=MEDIA_TYPE, headers=headers)


def atom(
    entries: Sequence[ChangeEntry], *, address: str, site: str, without_entries: datetime
) -> bytes:
    """The document.

    Args:
        entries: Newest first; the first fifty are taken.
        address: Of the feed itself.
        site: Of the app.
        without_entries: When the feed changed last if there are none.
    """
    shown = entries[:MOST_ENTRIES]
    return atom_document(
        TITLE,
        "feed",
        shown[0].when if shown else without_entries,
        address=address,
        page=site,
        entries=[
            AtomEntry(f"Data of {entry.heading}", name, entry.when, "".join(_html(entry.text)))
            for entry, name in zip(shown, _names(shown), strict=True)
        ],
    )


def _html(text: str) -> Iterator[str]:
    """Paragraphs and flat lists; everything else in the text is shown as it stands."""
    for is_list, parts in groupby(_parts(text), key=lambda part: part.is_item):
        tag = "li" if is_list else "p"
        lines = [f"<{tag}>{_inline(part.words)}</{tag}>" for part in parts]
        yield "".join(["<ul>", *lines, "</ul>"] if is_list else lines)


class _Part(NamedTuple):
    """A paragraph or an item of a list."""

    is_item: bool
    words: str


def _parts(text: str) -> Iterator[_Part]:
    """Paragraphs end at an empty line or at an item; an item goes on in indented lines."""
    part: _Part | None = None
    for line in text.splitlines():
        words = line.strip()
        is_item = words.startswith("- ")
        goes_on = part is not None and words and not is_item
        if part is not None and goes_on and (not part.is_item or line.startswith(" ")):
            part = _Part(part.is_item, f"{part.words} {words}")
            continue
        if part is not None:
            yield part
        part = _Part(is_item, words.removeprefix("- ")) if words else None
    if part is not None:
        yield part


def _inline(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", html.escape(text))


def _names(entries: Iterable[ChangeEntry]) -> list[str]:
    """A name of its own for each entry, also for two of one moment; older ones keep theirs."""
    seen: dict[str, int] = {}
    names: list[str] = []
    for entry in reversed(list(entries)):
        seen[entry.heading] = seen.get(entry.heading, 0) + 1
        names.append(f"{entry.heading} {seen[entry.heading]}")
    return names[::-1]
