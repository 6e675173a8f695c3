"""Many doors, one room: whatever people send becomes records of known shapes, each value with its place."""
