"""The papers of a cell's plan: minutes, named list, thematic resolution and one slip per member, as DOCX."""

from phancong.planning.documents.writing import (
    KINDS,
    are_up_to_date,
    cell_folder,
    member_slip,
    plan_document,
    write_cell_documents,
)

__all__ = [
    "KINDS",
    "are_up_to_date",
    "cell_folder",
    "member_slip",
    "plan_document",
    "write_cell_documents",
]
