"""`python -m streams`: the gongshi command, for processes that start each other."""

from streams.cli import main

if __name__ == "__main__":
    main()
