"""`python -m collab.cli` is `collab`."""

from collab.cli import main

main(prog_name="collab")
