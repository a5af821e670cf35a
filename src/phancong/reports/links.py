"""Addresses of pages that the reports point to."""

from django.urls import reverse


def board_url(cell_id: int, year: int) -> str:
    return reverse("planning:board", args=[cell_id, year])


def plans_url() -> str:
    return reverse("planning:list")
