"""The organisation: units in a dated tree, posts, people, absence, working calendars, and signing in."""
