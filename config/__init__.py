"""Settings as plain data: nothing here imports the rest of Collab."""
