"""Database class "orm": SQLAlchemy, one session per request, the same for all but Django."""

import os
import sqlite3
from typing import Any

from sqlalchemy import create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

from benchmarks.apps.rows import (
    ADDED_FORTUNE,
    DATABASE,
    WRITING,
    Row,
    random_id,
    random_ids,
    set_up,
)

engine = create_engine(
    f"sqlite:///{DATABASE}",
    pool_size=int(os.environ.get("BENCHMARK_THREADS", "16")),
    connect_args={"timeout": 10, "check_same_thread": False},
)


@event.listens_for(engine, "connect")
def _on_connect(connection: sqlite3.Connection, record: Any) -> None:
    set_up(connection)


class Base(DeclarativeBase):
    """The tables."""


class World(Base):
    """A row with a random number."""

    __tablename__ = "world"
    id: Mapped[int] = mapped_column(primary_key=True)
    random_number: Mapped[int] = mapped_column("randomNumber")

    def as_json(self) -> Row:
        """The row as visitors get it."""
        return {"id": self.id, "randomNumber": self.random_number}


class Fortune(Base):
    """A saying."""

    __tablename__ = "fortune"
    id: Mapped[int] = mapped_column(primary_key=True)
    message: Mapped[str]


new_session: sessionmaker[Session] = sessionmaker(engine)


def random_world() -> Row:
    """One random row of World."""
    with new_session() as session:
        return session.get_one(World, random_id()).as_json()


def random_worlds(count: int) -> list[Row]:
    """Some rows of World, each read by a query of its own."""
    with new_session() as session:
        return [session.get_one(World, row_id).as_json() for row_id in random_ids(count)]


def updated_worlds(count: int) -> list[Row]:
    """Some rows of World, each read by a query of its own, with new numbers that are stored."""
    with new_session() as session:
        worlds = [session.get_one(World, row_id) for row_id in random_ids(count)]
        for world in worlds:
            world.random_number = random_id()
        answer = [world.as_json() for world in worlds]
        with WRITING:
            session.commit()
        return answer


def fortunes() -> list[Fortune]:
    """The rows of Fortune and the added one, by message."""
    with new_session() as session:
        found = list(session.scalars(select(Fortune)))
    number, message = ADDED_FORTUNE
    found.append(Fortune(id=number, message=message))
    return sorted(found, key=lambda fortune: fortune.message)
