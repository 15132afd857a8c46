"""`helptray`: the windows by default, every main job headless too."""

import sys


def main() -> int:
    """Run what was typed; returns the exit code."""
    from desktop.cli.run import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
