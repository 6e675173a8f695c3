"""A plan becomes Python source."""
