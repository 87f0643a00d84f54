"""Single values changed inside a YAML text; every other byte stays.

A YAML library that reads and writes the whole file would lay it out anew: other line breaks,
other quotes, comments gone or moved. So values are located by their position and replaced in the
text, and the result is read again and compared with what it should say.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import yaml

from framework_picker.catalog.documents import Plain, yaml_content
from framework_picker.catalog.problems import Report
from framework_picker.refresh.errors import RefreshError

WIDTH = 120

Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry to set, or to take out (``value`` None).

    A new entry goes behind its sibling ``after``, else to the end of the entries around it.
    """

    path: Path
    value: Plain
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Cut:
    """Characters to replace."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text after the edits.

    Raises:
        RefreshError: the file is laid out in a way that cannot be edited here.
    """
    if not edits:
        return text
    layout = _Layout(text)
    cuts = [layout.cut(edit) for edit in edits]
    after = text
    spans = sorted((cut.start, cut.end) for cut in cuts)
    if any(second[0] < first[1] for first, second in pairwise(spans)):
        raise RefreshError("two changes of the file touch the same place")
    # From the end, so that positions before stay right; of new entries at one place the later
    # edit goes in first and ends up behind.
    for _, cut in sorted(enumerate(cuts), key=lambda item: (item[1].start, item[0]), reverse=True):
        after = after[: cut.start] + cut.text + after[cut.end :]
    _check(text, after, edits)
    return after


def content(text: str) -> Plain:
    """What a YAML text says, as the catalog reads it.

    Raises:
        RefreshError: it cannot be read.
    """
    report = Report()
    found = yaml_content(text, "the file", report)
    if report.problems:
        raise RefreshError(str(report.problems[0]))
    return found


def with_edits(before: Plain, edits: Sequence[Edit]) -> Plain:
    """Plain content after the same edits; order of names aside."""
    after = copy.deepcopy(before)
    for edit in edits:
        entries = after
        for name in edit.path[:-1]:
            assert isinstance(entries, dict)
            entries = entries[name]
        assert isinstance(entries, dict)
        if edit.value is None:
            entries.pop(edit.path[-1], None)
        else:
            entries[edit.path[-1]] = copy.deepcopy(edit.value)
    return after


def _check(before: str, after: str, edits: Sequence[Edit]) -> None:
    if content(after) != with_edits(content(before), edits):
        raise RefreshError("the file is laid out in a way that cannot be edited")


class _Layout:
    """Where everything stands in a YAML text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._newline = "\r\n" if "\r\n" in text else "\n"
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError:
            raise RefreshError("the file cannot be read") from None
        if not isinstance(root, yaml.MappingNode):
            raise RefreshError("the file holds no entries")
        self._root = root

    def cut(self, edit: Edit) -> _Cut:
        """The characters that an edit replaces, and by what."""
        around = self._entries(edit.path[:-1])
        name = edit.path[-1]
        for key, node in around.value:
            if key.value == name:
                if edit.value is None:
                    return self._without(around, key, node)
                return self._replaced(around, key, node, edit.value)
        if edit.value is None:
            return _Cut(0, 0, "")
        return self._added(around, name, edit.value, edit.after)

    def _entries(self, path: Path) -> yaml.MappingNode:
        node: yaml.Node = self._root
        for name in path:
            found = next((value for key, value in node.value if key.value == name), None)
            if not isinstance(found, yaml.MappingNode):
                raise RefreshError(f"{'.'.join(path)} holds no entries")
            node = found
        assert isinstance(node, yaml.MappingNode)
        return node

    def _replaced(
        self, around: yaml.MappingNode, key: yaml.Node, node: yaml.Node, value: Plain
    ) -> _Cut:
        if isinstance(node, yaml.ScalarNode) and not isinstance(value, dict | list):
            is_block = node.style in ("|", ">")
            if not is_block and _is_short(value):
                start, end = node.start_mark.index, node.end_mark.index
                written = _short(value, node, in_flow=bool(around.flow_style))
                # An empty scalar stands right behind the colon.
                gap = " " if start == end and self._text[start - 1] == ":" else ""
                return _Cut(start, end, gap + written)
        is_flow_list = isinstance(node, yaml.CollectionNode) and node.flow_style
        if around.flow_style or is_flow_list:
            return _Cut(node.start_mark.index, node.end_mark.index, _in_flow(value))
        # The whole entry, laid out anew.
        start, end = self._line_start(key), self._end_of_lines(node)
        return _Cut(start, end, self._block(str(key.value), value, key.start_mark.column))

    def _without(self, around: yaml.MappingNode, key: yaml.Node, node: yaml.Node) -> _Cut:
        if around.flow_style:
            raise RefreshError("an entry in braces cannot be taken out")
        return _Cut(self._line_start(key), self._end_of_lines(node), "")

    def _added(self, around: yaml.MappingNode, name: str, value: Plain, after: str) -> _Cut:
        siblings = [(key, node) for key, node in around.value]
        if around.flow_style:
            at = around.end_mark.index - 1
            comma = ", " if siblings else ""
            return _Cut(at, at, f"{comma}{name}: {_in_flow(value)}")
        if not siblings:
            raise RefreshError("an entry cannot be added where there is none")
        named = [pair for pair in siblings if pair[0].value == after]
        key, node = (named or siblings)[-1]
        at = self._end_of_lines(node)
        block = self._block(name, value, key.start_mark.column)
        if at and self._text[at - 1] != "\n":
            block = self._newline + block.removesuffix(self._newline)
        return _Cut(at, at, block)

    def _block(self, name: str, value: Plain, column: int) -> str:
        written = yaml.safe_dump(
            {name: value}, sort_keys=False, allow_unicode=True, width=WIDTH - column
        )
        lines = [" " * column + line for line in written.splitlines()]
        return "".join(line + self._newline for line in lines)

    def _line_start(self, key: yaml.Node) -> int:
        at: int = key.start_mark.index - key.start_mark.column
        if self._text[at : key.start_mark.index].strip():
            raise RefreshError("an entry shares its line with another one")
        return at

    def _end_of_lines(self, node: yaml.Node) -> int:
        """Where the line after the node's last one begins."""
        end = _end(node)
        if end and self._text[end - 1] == "\n":
            return end
        newline = self._text.find("\n", end)
        return len(self._text) if newline < 0 else newline + 1


def _end(node: yaml.Node) -> int:
    """Where a node's own characters end; a block's mark stands before the next name instead."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    return end


def _is_short(value: Plain) -> bool:
    return not isinstance(value, str) or ("\n" not in value and len(value) <= WIDTH - 20)


def _short(value: Plain, before: yaml.ScalarNode, *, in_flow: bool) -> str:
    """A scalar on one line, quoted as the one before where that is right."""
    written = _in_flow(value) if in_flow else _scalar(value)
    is_plain = before.style is None and isinstance(value, str)
    if is_plain and _reads_as(value, value, in_flow):
        return str(value)
    if before.style == '"' and isinstance(value, str) and _reads_as(f'"{value}"', value, in_flow):
        return f'"{value}"'
    return written


def _scalar(value: Plain) -> str:
    written = yaml.safe_dump(value, allow_unicode=True, width=10**6)
    return written.removesuffix("\n").removesuffix("\n...")


def _in_flow(value: Plain) -> str:
    written = yaml.safe_dump(
        [value], allow_unicode=True, width=10**6, default_flow_style=True, sort_keys=False
    )
    return written.strip().removeprefix("[").removesuffix("]")


_PLAIN = re.compile(r"[^\s#&*!|>'\"%@`,\[\]{}?:-][^#:\[\]{},?]*")


def _reads_as(written: object, value: Plain, in_flow: bool) -> bool:
    """Whether the catalog reads the written form as the value."""
    text = str(written)
    if not text.startswith('"') and (not _PLAIN.fullmatch(text) or text != text.strip()):
        return False
    line = f"x: {{y: {text}}}\n" if in_flow else f"x: {text}\n"
    try:
        found = content(line)
        yaml.compose(line, Loader=yaml.SafeLoader)  # stricter than the loader in C, here and there
    except (RefreshError, yaml.YAMLError):
        return False
    expected: Mapping[str, object] = {"x": {"y": value}} if in_flow else {"x": value}
    return found == expected
