"""What every reader hands on: records, places, limits. Imports no reader."""
