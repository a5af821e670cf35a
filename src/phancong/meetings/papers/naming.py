"""How a meeting and its papers are called."""

from phancong.meetings.models import Meeting
from phancong.planning.documents.layout import form_on


def minutes_number(meeting: Meeting) -> str:
    """ "Số 03-BB/CB", with the number left blank before the meeting has begun."""
    form = form_on(meeting.held_on)
    if meeting.number is None:
        return form.number_line("minutes")
    return form.numbered("minutes", meeting.number)


def basis(meeting: Meeting) -> str:
    """What decisions of the meeting rest on."""
    number = minutes_number(meeting)
    return f"Biên bản họp chi bộ {number[0].lower()}{number[1:]} ngày {meeting.held_on:%d/%m/%Y}"
