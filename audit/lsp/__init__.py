"""The language server: findings in an editor. Only its command is imported elsewhere."""
