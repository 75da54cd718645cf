"""What may be entered about the organisation, people, calendars and signing in."""
