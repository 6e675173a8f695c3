"""Records that a project keeps of instruments beside the shipped ones."""
