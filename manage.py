#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Django's own commands, and two words of ours that need nothing installed beforehand:

python3 manage.py up      the site on this machine, with an invented province to try it on
python3 manage.py test    the tests; what follows goes to pytest
"""

import os
import sys

# This file alone is written so that any Python can read it, down to 2.7: an old one gets a sentence, no traceback.
OLD_PYTHON = """\
需要 Python 3.11 或更新的版本，这里是 {0}.{1}。请安装后用它运行，例如：python3.11 manage.py up
Python 3.11 or newer is needed, this is {0}.{1}. Install it and use it, for example: python3.11 manage.py up"""


def main():
    if sys.version_info < (3, 11):
        sys.exit(OLD_PYTHON.format(*sys.version_info))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gansu_care.settings")

    from gansu_care import bootstrap

    word, arguments = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    if word == "up":
        bootstrap.up(arguments)
    elif word == "test":
        bootstrap.test(arguments)
    bootstrap.enter_environment()

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
