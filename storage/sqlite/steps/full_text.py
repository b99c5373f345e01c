"""The step of the schema that lets sqlite-utils keep the full-text index. Released, it is never edited."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def full_text_of_current_paragraphs(database: "Database") -> None:
    """The index of the current versions only, made by sqlite-utils, in place of the one of step 3.

    Its content is a view, so that a rebuild or an integrity check agrees with the rows that are written by hand: a
    trigger for each row would make storing four times slower. sqlite-utils looks for the column `rowid`, which a view
    has only when it is named, and makes an index for whatever it is told is a table.
    """
    from sqlite_utils.db import Table

    database.table("paragraphs_fts").drop()
    database.view("current_paragraphs").drop()
    database.create_view(
        "current_paragraphs",
        "SELECT p.id AS rowid, p.text FROM paragraphs p JOIN versions v ON v.id = p.version WHERE v.is_current",
    )
    Table(database, "current_paragraphs").enable_fts(["text"], tokenize="porter unicode61")
