"""The shell of every door: signing in by default, layout, errors, safety headers, languages, the API's manners."""
