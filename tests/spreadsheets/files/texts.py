"""Text files and web pages saved as workbooks."""

from collections.abc import Sequence


def as_csv(rows: Sequence[Sequence], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    lines = (delimiter.join(f'"{value}"' if value is not None else "" for value in row) for row in rows)
    return "\r\n".join(lines).encode(encoding)


def as_html(rows: Sequence[Sequence], merges: Sequence[tuple] = (), width: int = 12) -> bytes:
    spans = {(f, left): (last - f + 1, right - left + 1) for f, left, last, right in merges}
    covered = {
        (row, column)
        for f, left, last, right in merges
        for row in range(f, last + 1)
        for column in range(left, right + 1)
    }
    text = '<html><head><meta charset="gb2312"><style>td{color:red}</style></head><body><table>'
    for number, row in enumerate(rows, 1):
        text += "<tr>"
        for place in range(1, width + 1):
            if (number, place) in covered and (number, place) not in spans:
                continue
            down, right = spans.get((number, place), (1, 1))
            value = row[place - 1] if place <= len(row) else None
            text += f'<td rowspan="{down}" colspan={right}>{"" if value is None else value}</td>'
        text += "</tr>"
    return (text + "</table></body></html>").encode("gb18030")


def as_xml2003(rows: str) -> bytes:
    """“XML 表格 2003” with these rows."""
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{name}" xmlns:ss="{name}">'
        f'<Worksheet ss:Name="登记表"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()
