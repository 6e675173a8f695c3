"""Commands of the bureau: notice, summary, standards, doctor."""
