"""Questions about skills: the list, what people can do, who can do it and is free, and what is missing."""
