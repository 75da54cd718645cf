"""Pop-ups: what somebody hears of, shown at once by the browsers in which they turned it on (Web Push)."""
