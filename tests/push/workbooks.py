"""Excel files as small as a test needs, and as strange."""

import zipfile

import openpyxl


def write(path, *lines, formats=(), states=(), merge=()):
    """A sheet of these lines; `formats` by cell, `states` of the sheet, `merge` for ranges."""
    book = openpyxl.Workbook()
    sheet = book.active
    for line in lines:
        sheet.append(line)
    for cell, code in dict(formats).items():
        sheet[cell].number_format = code
    for cells in merge:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def write_sheets(path, **sheets):
    """Sheets by name: their state, and their lines."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, (state, lines) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for line in lines:
            sheet.append(line)
    book.active = next(at for at, sheet in enumerate(book) if sheet.sheet_state == "visible")
    book.save(path)
    return path


def patch(path, old, new, part="xl/worksheets/sheet1.xml"):
    """The same file with other XML in one part, as other programs write it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part], parts[part].decode()
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
