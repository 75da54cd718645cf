"""Lists by mail: what a saved view has, as a letter, on days and at an hour that its reader chose."""
