"""What the review service keeps: documents, records and findings, and the history of what people did with them."""
