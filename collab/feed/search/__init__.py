"""Search: an index of everything that can be found, which follows the ledger, and the questions asked of it."""
