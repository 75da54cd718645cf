"""Working calendars: which days are worked, how they are counted, and what the law makes of the count."""
