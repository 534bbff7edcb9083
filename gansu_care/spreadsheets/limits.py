"""How much one upload may hold. Checked before anything is parsed or cleaned."""

FILE_BYTES = 20 * 1024 * 1024
INFLATED_BYTES = 300 * 1024 * 1024  # what a zip really unpacks to, counted, not what its directory says
ZIP_MEMBERS = 1_000
WORKBOOK_PART_BYTES = 5 * 1024 * 1024  # the list of sheets and its relations: small in any honest file
SHEETS = 200
DATA_ROWS = 60_000
ROWS = DATA_ROWS + 500  # with titles, headings, totals and notes
COLUMNS = 200
CELL_CHARACTERS = 2_000
FREE_TEXT_CHARACTERS = 10_000
SHARED_STRING_BYTES = 200_000  # one shared string with its markup
TEXT_BYTES = 200_000_000  # the text of all cells: one long string may be shared by thousands of them
PROBLEM_VALUE_CHARACTERS = 80
HEADER_SEARCH_ROWS = 15
HEADER_LEVELS = 3
PROBLEMS = 50_000  # told of one file; those beyond are counted
READING_BYTES = 1536 * 1024 * 1024  # memory of the process that reads a workbook
READING_SECONDS = 60
