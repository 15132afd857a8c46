"""Start of `helptray-relay`."""

import os
import sys

STOPPED = 130
"""Exit code after Ctrl+C, as shells have it."""


def main() -> int:
    """Run one command; 0 done, 2 refused input, 4 the data is served by another process already."""
    try:
        return _run()
    except KeyboardInterrupt:
        return STOPPED


def _run() -> int:
    # Half a second's worth of parts: Ctrl+C while they load is no traceback either.
    from desktop.tickets.trouble import Trouble
    from relay.cli import BadUsage, parse
    from relay.printing import tell
    from relay.serving import AlreadyServed

    as_json = "--json" in sys.argv
    try:
        asked = parse(sys.argv[1:])
        asked.run(asked)
    except BadUsage as wrong:
        print(wrong.usage, file=sys.stderr)
        tell(wrong, as_json=as_json)
        return 2
    except Trouble as trouble:
        tell(trouble, as_json=as_json)
        return 4 if isinstance(trouble, AlreadyServed) else 2
    except BrokenPipeError:
        # Whoever reads has read enough. Point the rest at nothing, or Python complains about the pipe when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
