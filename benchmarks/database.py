"""The SQLite file that every application reads: TechEmpower's World and Fortune tables."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

WORLD_ROWS = 10_000

# Rows from TechEmpower/FrameworkBenchmarks 57d92fbe (BSD-3-Clause),
# toolset/databases/postgres/create-postgres.sql. Row 11 must be escaped, row 12 is not ASCII.
FORTUNES: tuple[tuple[int, str], ...] = (
    (1, "fortune: No such file or directory"),
    (2, "A computer scientist is someone who fixes things that aren't broken."),
    (3, "After enough decimal places, nobody gives a damn."),
    (4, "A bad random number generator: 1, 1, 1, 1, 1, 4.33e+67, 1, 1, 1"),
    (5, "A computer program does what you tell it to do, not what you want it to do."),
    (6, "Emacs is a nice operating system, but I prefer UNIX. \N{EM DASH} Tom Christaensen"),
    (7, "Any program that runs right is obsolete."),
    (8, "A list is only as strong as its weakest link. \N{EM DASH} Donald Knuth"),
    (9, "Feature: A bug with seniority."),
    (10, "Computers make very fast, very accurate mistakes."),
    (11, '<script>alert("This should not be displayed in a browser alert box.");</script>'),
    (12, "フレームワークのベンチマーク"),
)
ADDED_FORTUNE = (0, "Additional fortune added at request time.")


def prepare(path: Path, seed: int) -> None:
    """Write the file anew: 10,000 rows of World, 12 of Fortune, in write-ahead mode."""
    for leftover in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        leftover.unlink(missing_ok=True)
    numbers = random.Random(seed)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(
            "CREATE TABLE world (id INTEGER PRIMARY KEY, randomNumber INTEGER NOT NULL)"
        )
        connection.execute("CREATE TABLE fortune (id INTEGER PRIMARY KEY, message TEXT NOT NULL)")
        connection.executemany(
            "INSERT INTO world (id, randomNumber) VALUES (?, ?)",
            ((row, numbers.randint(1, WORLD_ROWS)) for row in range(1, WORLD_ROWS + 1)),
        )
        connection.executemany("INSERT INTO fortune (id, message) VALUES (?, ?)", FORTUNES)


def world(path: Path) -> dict[int, int]:
    """The random number of every row of World, to compare before and after."""
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        return dict(connection.execute("SELECT id, randomNumber FROM world"))
