"""The one meaning of a written value."""
