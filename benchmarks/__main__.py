"""`python -m benchmarks [NAME]`: a line per figure."""

import importlib
import pkgutil
import sys

import benchmarks

NOT_FIGURES = {"__main__", "figure", "parts"}


def main(only: str = "") -> int:
    """Run each module of this package that has figures, or only the one named."""
    names = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in NOT_FIGURES]
    if only and only not in names:
        print(f"There is no figure called {only}; these there are: {', '.join(names)}", file=sys.stderr)
        return 2
    for name in [only] if only else names:
        for figure in importlib.import_module(f"benchmarks.{name}").run():
            print(figure, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
