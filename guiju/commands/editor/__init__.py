"""Commands behind an editor: the language server, and the grammar for whoever builds one."""
