"""The commands: each opens the index, calls one function of the library, and prints."""
