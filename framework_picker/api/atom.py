"""Atom documents (RFC 4287): the frame that every feed of the app has."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
NAMESPACE = uuid.UUID("5c1d7a0e-6f0b-5d0e-9a55-0f5d6c0b7a11")
"""Ours alone: an entry keeps its id wherever the app is served."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """One entry. ``name`` makes its id; ``content`` is html whose texts are escaped."""

    title: str
    name: str
    updated: datetime
    content: str


def atom_document(
    title: str,
    name: str,
    updated: datetime,
    *,
    address: str,
    page: str,
    entries: Sequence[AtomEntry],
) -> bytes:
    """The feed as a file.

    Args:
        title: What it is called.
        name: Makes its id.
        updated: When it changed last.
        address: Of the feed itself.
        page: Of the page that says the same to people.
        entries: Newest first.
    """
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(feed, "title", title)
    _add(feed, "id", urn(name))
    _add(feed, "updated", moment(updated))
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": clean(address)})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "href": clean(page)})
    _add(ElementTree.SubElement(feed, "author"), "name", "Framework Picker")
    for entry in entries:
        element = ElementTree.SubElement(feed, "entry")
        _add(element, "title", entry.title)
        _add(element, "id", urn(entry.name))
        _add(element, "updated", moment(entry.updated))
        content = ElementTree.SubElement(element, "content", {"type": "html"})
        content.text = clean(entry.content)
    document: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def moment(when: datetime) -> str:
    """A moment as feeds write it."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def urn(name: str) -> str:
    """An id that stays the same for the same name."""
    return uuid.uuid5(NAMESPACE, name).urn


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = clean(text)
