"""Named writes of transfers."""

from phancong.transfers.actions.arriving import Arrival, arrive
from phancong.transfers.actions.receiving import receive, refuse
from phancong.transfers.actions.sending import Introduction, Request, cancel, introduce, request
from phancong.transfers.actions.staying import end_stay, extend_stay

__all__ = [
    "Arrival",
    "Introduction",
    "Request",
    "arrive",
    "cancel",
    "end_stay",
    "extend_stay",
    "introduce",
    "receive",
    "refuse",
    "request",
]
