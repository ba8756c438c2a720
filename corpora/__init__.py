"""Our own texts: comments to learn from, the example archive, and their rendering into files."""
