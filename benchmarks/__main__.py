"""Runs one benchmark: `python -m benchmarks NAME [ARGS]`, or lists them."""

import runpy
import sys
from pathlib import Path

HELPERS = {
    "__init__",
    "__main__",
    "decisions",
    "deliveries",
    "environments",
    "ledgers",
    "mariadb",
    "portals",
    "postgres",
    "publics",
    "visitors",
}


def main() -> int:
    """Run the named benchmark; without a name print the names."""
    names = {path.stem for path in Path(__file__).parent.glob("*.py")} - HELPERS
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        print("make bench ARGS='NAME [--help]', NAME one of:", ", ".join(sorted(names)))
        return 2 if len(sys.argv) > 1 else 0
    del sys.argv[0]
    runpy.run_module(f"benchmarks.{sys.argv[0]}", run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
