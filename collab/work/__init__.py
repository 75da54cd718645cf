"""The work item: what every kind of work shares. Holders, waits, handovers, time, visibility."""
