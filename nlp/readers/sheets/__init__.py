"""Spreadsheets: XLSX and delimited text."""
