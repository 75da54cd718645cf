"""Files that people attach to items, messages and skills: received, versioned, shown, handed out, forgotten."""
