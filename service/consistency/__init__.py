"""What does not agree: the checks, one file each, and the links between reports that they need."""
