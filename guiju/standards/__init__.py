"""The registry: which instruments exist, what they say, when they are in force, and how surely each fact is known."""
