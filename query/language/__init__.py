"""What was typed? Lexer, parser, syntax tree, wildcards, and the fields that can be named."""
