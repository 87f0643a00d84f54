"""Several files replaced, each at once: whoever reads a file finds the old one or the new one.

All new files are written beside the old ones first, and only then take their places, one after
another. The order is the caller's: whatever others depend on comes first.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from framework_picker.refresh.errors import RefreshError

UNFINISHED = ".refresh"
"""End of the name of a file that has not taken its place."""
ABANDONED_SECONDS = 600


def replace_files(
    folder: Path, new: Mapping[str, bytes], before: Mapping[str, bytes | None]
) -> tuple[str, ...]:
    """The paths written, in their order.

    Args:
        folder: Where the paths begin.
        new: New content by path.
        before: What each file held when it was read; None where there was none.

    Raises:
        RefreshError: a file was changed by somebody else meanwhile, or cannot be written. Then
            no file was touched, unless the disk itself failed in between.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        try:
            for path, content in new.items():
                target = folder / path
                beside = target.with_name(f".{target.name}.{os.getpid()}{UNFINISHED}")
                waiting.append((beside, target))
                _write(beside, content, like=target)
            for path in new:
                if _read(folder / path) != before[path]:
                    raise RefreshError(
                        f"{path} was changed while the refresh ran; nothing was written. "
                        "Run it again."
                    )
            for beside, target in waiting:
                beside.replace(target)
        except OSError as error:
            name = Path(str(error.filename or folder)).name
            reason = error.strerror or type(error).__name__
            raise RefreshError(f"{name} cannot be written: {reason}") from error
        for parent in {target.parent for _, target in waiting}:
            _settle(parent)
    finally:
        for beside, _ in waiting:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    return tuple(new)


def sweep(folder: Path) -> None:
    """Removes what a refresh left behind that was killed a while ago; none may be at work now."""
    for left in (*folder.glob(f".*{UNFINISHED}"), *folder.glob(f"*/.*{UNFINISHED}")):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > ABANDONED_SECONDS:
                left.unlink()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _write(path: Path, content: bytes, *, like: Path) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileNotFoundError):
        path.chmod(like.stat().st_mode & 0o7777)


def _settle(folder: Path) -> None:
    """Makes the new names last through a power cut, where the system can be told to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
