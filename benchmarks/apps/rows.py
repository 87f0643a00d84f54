"""Database class "raw": the standard sqlite3, one connection per thread, the same for all.

In asynchronous applications the handlers call these functions directly: SQLite works in the
server's own process, a query takes microseconds, and there is nothing to wait for.
"""

import os
import random
import sqlite3
import threading
from pathlib import Path
from typing import NamedTuple

WORLD_ROWS = 10_000
ADDED_FORTUNE = (0, "Additional fortune added at request time.")
DATABASE = os.environ["BENCHMARK_DATABASE"]

Row = dict[str, int]


class Fortune(NamedTuple):
    """A saying."""

    id: int
    message: str


# SQLite takes one writer at a time. Threads wait here for their turn; without it SQLite would
# let them sleep and try again.
WRITING = threading.Lock()

_of_this_thread = threading.local()


def set_up(connection: sqlite3.Connection) -> None:
    """Set what belongs to a connection, for both database classes."""
    connection.execute("PRAGMA synchronous = OFF")
    if trace_file := os.environ.get("BENCHMARK_TRACE"):
        log = Path(trace_file).open("a", buffering=1, encoding="utf-8")  # noqa: SIM115
        connection.set_trace_callback(lambda statement: print(*statement.split(), file=log))


def connection() -> sqlite3.Connection:
    """This thread's connection."""
    try:
        return _of_this_thread.connection
    except AttributeError:
        opened = sqlite3.connect(DATABASE, timeout=10, isolation_level=None)
        set_up(opened)
        _of_this_thread.connection = opened
        return opened


def clamped(text: str | None) -> int:
    """How many rows a visitor asks for: 1 to 500, and 1 for anything that is no number."""
    try:
        return min(max(int(text or 1), 1), 500)
    except ValueError:
        return 1


def random_id() -> int:
    """The id of some row of World."""
    return random.randint(1, WORLD_ROWS)


def random_ids(count: int) -> list[int]:
    """The ids of some rows of World, all different, so that an ORM has to read each of them."""
    return random.sample(range(1, WORLD_ROWS + 1), count)


def world(row_id: int) -> Row:
    """One row of World."""
    found = connection().execute("SELECT id, randomNumber FROM world WHERE id = ?", (row_id,))
    number, random_number = found.fetchone()
    return {"id": number, "randomNumber": random_number}


def random_world() -> Row:
    """One random row of World."""
    return world(random_id())


def random_worlds(count: int) -> list[Row]:
    """Some rows of World, each read by a query of its own."""
    return [world(row_id) for row_id in random_ids(count)]


def updated_worlds(count: int) -> list[Row]:
    """Some rows of World, each read by a query of its own, with new numbers that are stored."""
    worlds = random_worlds(count)
    for row in worlds:
        row["randomNumber"] = random_id()
    with WRITING:
        opened = connection()
        opened.execute("BEGIN IMMEDIATE")
        opened.executemany("UPDATE world SET randomNumber = :randomNumber WHERE id = :id", worlds)
        opened.execute("COMMIT")
    return worlds


def fortunes() -> list[Fortune]:
    """The rows of Fortune and the added one, by message."""
    found = connection().execute("SELECT id, message FROM fortune")
    fortunes = [Fortune(*row) for row in found]
    fortunes.append(Fortune(*ADDED_FORTUNE))
    return sorted(fortunes, key=lambda fortune: fortune.message)
