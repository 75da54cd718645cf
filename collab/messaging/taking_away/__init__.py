"""One conversation taken away: a page to be read, lines that can be brought in again, and its files, as one zip."""
