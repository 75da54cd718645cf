"""The kernel: what every package stands on, and which stands on nothing of ours."""
