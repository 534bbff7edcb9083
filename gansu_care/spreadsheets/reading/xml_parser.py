"""The XML parser of our own passes. It takes no document type: nothing grows without end, nothing is fetched."""

from xml.parsers import expat

from .unreadable import Unreadable


def new_parser(namespaces: bool = False) -> expat.XMLParserType:
    """An expat parser; with `namespaces`, a name comes as "its namespace, a space, its own name"."""
    parser = expat.ParserCreate(namespace_separator=" " if namespaces else None)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*declared: object) -> None:
    raise Unreadable("E_FILE_UNSAFE")
