"""Doc 9303 text: layouts, check digits, names, dates and codes. Pure: no numpy, no files."""
