"""The form to fill."""
