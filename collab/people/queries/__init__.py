"""Questions about the organisation: the actor first, columns and tuples out, a fixed number of queries each."""
