"""The page: `guiju serve`. It calls the pipeline, the reports and the forms that the commands call, and decides nothing of its own."""
