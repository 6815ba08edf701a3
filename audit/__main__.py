"""`python -m audit` is `copydesk`."""

from audit.cli import main

if __name__ == "__main__":
    main()
