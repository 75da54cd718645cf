"""Meetings: agenda, attendance, minutes, and the tasks that come of them."""
