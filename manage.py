#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from django.core.management import execute_from_command_line

from config import startup

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with startup.exit_when_refused():
        startup.check_command(sys.argv)
        execute_from_command_line(sys.argv)
