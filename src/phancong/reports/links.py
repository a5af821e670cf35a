"""Addresses of pages that the reports point to."""

from django.urls import NoReverseMatch, reverse


def board_url(cell_id: int, year: int) -> str:
    try:
        return reverse("planning:board", args=[cell_id, year])
    except NoReverseMatch:
        return reverse("organizations:detail", args=[cell_id])


def plans_url() -> str:
    try:
        return reverse("planning:list")
    except NoReverseMatch:
        return reverse("organizations:tree")
