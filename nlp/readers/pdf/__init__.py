"""PDF, by pdfium; pdfplumber where pdfium fails."""
