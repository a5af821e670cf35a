"""The second net, on PostgreSQL: the database itself shows no row outside of the places of whoever acts.

It stands behind the filters of the product and is coarser: one list of places for a person, whatever the right.
"""
