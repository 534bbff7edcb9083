"""The officer's own workbook back, marked. Read it in this order:

    handing_back.py     who is offered it, and the answer with the file; the trail has it
    order_of.py         what is to be written: made of an upload and its problems, as the plain values of orders.py
    apart.py child.py   the process of its own in which all that follows runs
    whole.py            xlsx and xlsm: the package itself is edited, every part that is not touched keeps its bytes
        package.py tags.py relations.py book.py     the zip, the tags of a part, the parts and how they hang together
        styles.py                                   the colours
        own_strings.py sheet_plan.py                what an earlier marking left; what is to change in a sheet
        sheet_stream.py row_cells.py sheet_frame.py sheet_marks.py      the sheet written anew, row by row
        comments.py notes_drawing.py threads.py     what is wrong, at the cell
        problem_sheet.py                            the list, with links
    rebuilt.py          all other kinds, and the refused rows alone: a new workbook (plain_book.py) with the looks of
                        the file (looks.py, xls_looks.py, xlsb_looks.py, ods_looks.py), then marked like the others

What we add is known again when it is uploaded: reading/own_marks.py.
"""
