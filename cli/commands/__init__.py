"""One verb a file: the Typer face and the plain function behind it."""
