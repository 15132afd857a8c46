"""`helptray` as the user of another number, once everything that it needs has been loaded.

as_another_person.py USER FOLDER ARGUMENT...      a home in FOLDER is used to load it
"""

import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

from desktop.cli.run import run


def main(user: str, folder: str, *arguments: str) -> int:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        run(["--home", f"{folder}/home", "--key-file", f"{folder}/key", "report", "--summary", "Load everything"])
    os.setegid(int(user))
    os.seteuid(int(user))
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
