"""Start of `helptray-relay`."""

import sys

from desktop.tickets.trouble import Trouble
from relay.cli import parse


def main() -> int:
    """Run one command; 0 done, 1 not possible here, 2 refused input."""
    asked = parse(sys.argv[1:])
    try:
        asked.run(asked)
    except Trouble as trouble:
        print(f"{trouble.title}: {trouble.sentence}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
