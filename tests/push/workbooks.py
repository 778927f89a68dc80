"""Excel files as small as a test needs, and as strange."""

import re
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


def add(path, part, content):
    """One more part in the same file."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(part, content)
    return path


def share_texts(path):
    """The same file with its texts in the part that Excel and LibreOffice keep them in."""
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    texts = re.findall(r"<is>(.*?)</is>", sheet)
    for number, text in enumerate(texts):
        old, new = f't="inlineStr"><is>{text}</is>', f't="s"><v>{number}</v>'
        patch(path, old, new)
    name = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{name}"/></Types>'
    patch(path, "</Types>", part, part="[Content_Types].xml")
    kept = "".join(f"<si>{text}</si>" for text in texts)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return add(path, "xl/sharedStrings.xml", f'<sst xmlns="{space}">{kept}</sst>')
