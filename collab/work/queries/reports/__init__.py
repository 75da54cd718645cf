"""Figures of a unit and everything below, each over what the actor may see; never a query per row."""
