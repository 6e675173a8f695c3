"""Every input format becomes records of declared shapes, each value with its place."""
