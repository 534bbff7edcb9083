"""Signed papers as a scanner or a phone makes them, of a few bytes, and files that only pretend to be one."""

from django.core.files.uploadedfile import SimpleUploadedFile

# The smallest whole picture: one white pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001"
    "48afa4710000000049454e44ae426082"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def scan(content: bytes = PNG, name: str = "同意书.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
