"""How a meeting and its papers are called."""

from phancong.meetings.models import Meeting
from phancong.rules.document_form import form_on


def minutes_number(meeting: Meeting) -> str:
    """ "Số 03-BB/CB", with the number left blank before the meeting has begun."""
    form = form_on(meeting.held_on)
    if meeting.number is None:
        return form.number_line("minutes")
    return form.numbered("minutes", meeting.number)


def of_minutes(meeting: Meeting) -> str:
    """The number within a sentence: "số 03-BB/CB"."""
    number = minutes_number(meeting)
    return f"{number[0].lower()}{number[1:]}"


def basis(meeting: Meeting) -> str:
    """What decisions of the meeting rest on."""
    return f"Biên bản họp chi bộ {of_minutes(meeting)} ngày {meeting.held_on:%d/%m/%Y}"
