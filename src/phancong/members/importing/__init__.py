"""Bringing a roster in: read, clean, compare, show, write, and take back."""
