"""Documents in the form of the Party's own: values from a `Layout`, structure from a `PartyDocument`."""

from phancong.common.party_document.document import (
    DOCUMENT_TYPE,
    Column,
    Head,
    PartyDocument,
    Properties,
    Signature,
)
from phancong.common.party_document.layout import Layout, Part
from phancong.common.party_document.markup import Words

__all__ = [
    "DOCUMENT_TYPE",
    "Column",
    "Head",
    "Layout",
    "Part",
    "PartyDocument",
    "Properties",
    "Signature",
    "Words",
]
