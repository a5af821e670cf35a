"""A contact with the place of residence, in words."""

from phancong.yearbook.models import ResidenceContact


def place_words(contact: ResidenceContact) -> str:
    """Where the member lives, in the words of the contact."""
    if contact.area and contact.residence_cell:
        return f"{contact.area.name} ({contact.residence_cell.name})"
    return contact.place_name


def letter_words(contact: ResidenceContact) -> str:
    return f"số {contact.letter_number} ngày {contact.letter_on:%d/%m/%Y}" if contact.letter_on else ""
