"""One input format, one file. Adding a reader is a file here and a line in `catalog/formats.py`."""
