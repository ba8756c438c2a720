"""What Word and Excel files share: the package, its parts and its palette."""
