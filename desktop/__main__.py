"""`helptray`: the windows by default, every main job headless too."""

import gc
import sys


def main() -> int:
    """Run what was typed; returns the exit code.

    What is loaded to begin with stays: looking through it for memory to let go of would take a tenth of the time of a
    picture, which is over before that is worth while. Whatever takes longer has it back.
    """
    gc.disable()
    try:
        from desktop.cli.run import run
    except KeyboardInterrupt:
        return 130
    code = run(sys.argv[1:])
    if not gc.isenabled():
        gc.freeze()
    return code


if __name__ == "__main__":
    sys.exit(main())
