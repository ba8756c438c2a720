"""What users touch: the command line, the pipeline behind it, the consistency checks and the outputs."""
