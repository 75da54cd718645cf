"""Conversations: one engine for every talk, whoever owns it."""
