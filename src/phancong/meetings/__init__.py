"""Meetings of cells: agenda, attendance, votes, conclusions, minutes that stay as they were signed."""
