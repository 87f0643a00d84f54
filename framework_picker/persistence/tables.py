"""The tables. A change here needs a migration (docs/running.md), which is read before use."""

from __future__ import annotations

from sqlalchemy import LargeBinary, Text
from sqlmodel import Field, SQLModel


class DecisionRow(SQLModel, table=True):
    """One saved decision.

    ``document`` is the evaluation document (``domain/document.py``), compressed; text and not a
    JSON column, because a database may reorder JSON, and the document is kept to the last digit.
    A deleted decision leaves its id and the moment, so that its link can say so; everything else
    is emptied. Moments are ISO texts in UTC, the same in every database.
    """

    __tablename__ = "decision"

    id: str = Field(primary_key=True, max_length=32)
    created_at: str = Field(max_length=20)
    changed_at: str = Field(max_length=20)
    deleted_at: str = Field(default="", max_length=20)
    title: str = Field(default="", sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    data_version: str = Field(max_length=64)
    method_version: str = Field(max_length=32)
    schema_version: int
    edit_key_hash: str = Field(max_length=64)
    answers: str = Field(sa_type=Text)
    document: bytes = Field(sa_type=LargeBinary)
    document_hash: str = Field(max_length=64)
