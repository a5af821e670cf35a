"""Papers of the year as DOCX: introduction, letters that ask for remarks, the pledge."""

from phancong.yearbook.documents.papers import (
    introduction_paper,
    opinion_paper,
    pledge_document,
    remark_papers,
)

__all__ = ["introduction_paper", "opinion_paper", "pledge_document", "remark_papers"]
