"""The number below the line follows the attendance."""

from phancong.meetings import policies
from phancong.meetings.counting import Electorate, result
from phancong.meetings.models import Meeting, Vote
from phancong.meetings.packs import vote_rules
from phancong.meetings.queries import attendances_of, electorate_of


def recount(meeting: Meeting) -> None:
    """All votes of the meeting against the attendance as it stands."""
    voters = electorate_of(meeting, attendances_of(meeting))
    for vote in Vote.objects.filter(item__meeting=meeting):
        count(vote, voters, meeting=meeting)
        vote.save()


def count(vote: Vote, voters: Electorate, *, meeting: Meeting) -> None:
    """Fill in what follows from the tallies and from who counts."""
    policies.check_fits_room(
        in_favour=vote.in_favour, against=vote.against, other=vote.other, present=voters.present
    )
    kind = vote_rules(meeting.held_on).kind(vote.kind)
    found = result(kind, in_favour=vote.in_favour, eligible=len(voters.counted))
    vote.eligible, vote.needed, vote.is_reached = found.eligible, found.needed, found.is_reached
    vote.excluded = [{"name": person.name, "why": why} for person, why in voters.left_out]
