"""Kinds of work that exist only in tests; an application, so that child processes and workers know them too."""
