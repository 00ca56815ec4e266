"""`python -m svc.cli`."""

from .app import main

main()
