"""Addresses of pages that the reports point to."""

from django.urls import reverse


def board_url(cell_id: int, year: int) -> str:
    return reverse("planning:board", args=[cell_id, year])


def plans_url() -> str:
    return reverse("planning:list")


def following_url(cell_id: int, year: int) -> str:
    return f"{reverse('directing:cell', args=[cell_id])}?nam={year}"
