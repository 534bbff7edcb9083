"""The officer's own workbook back, marked."""
