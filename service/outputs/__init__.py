"""What an import leaves behind: files for data tools, the workbook for people and the summary in the terminal."""
