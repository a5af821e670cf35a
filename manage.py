#!/usr/bin/env python3
"""Door to the management commands."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phancong.config.settings")
    from django.core.management import execute_from_command_line

    from phancong.audit.net.scope import see_everything_in_this_process

    see_everything_in_this_process()
    execute_from_command_line(sys.argv)
