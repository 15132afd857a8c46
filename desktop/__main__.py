"""`helptray`: the windows by default, every main job headless too."""

import sys


def main() -> int:
    """Run what was typed; returns the exit code."""
    try:
        from desktop.cli.run import run
    except KeyboardInterrupt:
        return 130
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
