"""The papers of a meeting: invitation with agenda, attendance sheet, minutes, resolution."""
