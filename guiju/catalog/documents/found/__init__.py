"""What is found in a written document: facts, citations, figures, names, dates, remains, and its outline; measured, never judged."""
