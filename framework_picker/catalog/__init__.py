"""The data door: files in, domain objects out. Nothing behind it checks the data again."""
