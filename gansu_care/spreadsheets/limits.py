"""How much one upload may hold. Checked before anything is parsed or cleaned."""

FILE_BYTES = 20 * 1024 * 1024
INFLATED_BYTES = 300 * 1024 * 1024  # what a zip really unpacks to, counted, not what its directory says
ZIP_MEMBERS = 1_000
WORKBOOK_PART_BYTES = 5 * 1024 * 1024  # the list of sheets and its relations: small in any honest file
SHEETS = 200
CELLS = 15_000_000  # of all sheets laid out as rectangles, blank ones too
MERGES = 100_000  # merged ranges of all sheets
DATA_ROWS = 60_000  # of one sheet
ALL_DATA_ROWS = 120_000  # of all sheets that are read
ROWS = DATA_ROWS + 500  # with titles, headings, totals and notes
COLUMNS = 200
CELL_CHARACTERS = 2_000
FREE_TEXT_CHARACTERS = 10_000
READ_CHARACTERS = FREE_TEXT_CHARACTERS + 1  # of one cell: enough to see that it is too long for any column
TEXT_CHARACTERS = 100_000_000  # of all cells: one long string may be shared by thousands of them
PROBLEM_VALUE_CHARACTERS = 80
HEADER_SEARCH_ROWS = 15
HEADER_LEVELS = 3
ROWS_AT_ONCE = 3_000  # a file of so many is checked while the officer waits, after she mended a row of it
PROBLEMS = 50_000  # told of one file; those beyond are counted
EXPORT_AT_ONCE = 5_000  # rows of a list that is made while the page waits; a longer one is a job
READING_BYTES = 1536 * 1024 * 1024  # memory of the process that reads a workbook
READING_SECONDS = 60
