"""The command `detente`: the whole program, in this process."""

from __future__ import annotations

import sys

from detente import _detente


def main() -> int:
    """Runs the program with the arguments of the process, and gives its exit status."""
    return _detente.main(["detente", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
