"""What generated code calls. Imports no code generator."""
