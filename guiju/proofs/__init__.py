"""What a set of rules means before any document is judged by it: questions to a solver, each answered with a document."""
