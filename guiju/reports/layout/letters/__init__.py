"""Letters before any form: their blocks, the report as a letter, notices, and the page for leaders."""
