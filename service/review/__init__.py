"""What a review is made of: originals, reading, decisions with their consequences, exports; HTTP comes above it."""
