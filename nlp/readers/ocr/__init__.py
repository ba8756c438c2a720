"""Scanned pages, by Tesseract."""
