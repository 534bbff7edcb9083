"""The twelve sources of money that every database knows, in the province's own words."""

from centers.source_kinds import SourceKind
from funding.models import Source

# kind: (name as it stands on receipts, name in English reports)
SOURCES = {
    SourceKind.ACWF: ("全国妇联", "All-China Women's Federation (ACWF)"),
    SourceKind.CCTF: ("中国儿童少年基金会", "China Children and Teenagers' Fund (CCTF)"),
    SourceKind.PROVINCE: ("省级财政", "Provincial budget"),
    SourceKind.PROVINCE_LOTTERY: ("省福利彩票公益金", "Provincial welfare lottery fund"),
    SourceKind.CENTRAL_LOTTERY: ("中央专项彩票公益金", "Central special lottery fund"),
    SourceKind.GANSU_FOUNDATION: (
        "甘肃妇女儿童发展基金会",
        "Gansu Women and Children Development Foundation",
    ),
    SourceKind.PREFECTURE: ("市州财政", "Prefecture budget"),
    SourceKind.COUNTY: ("县区财政", "County budget"),
    SourceKind.ENTERPRISE: ("企业捐赠", "Enterprises"),
    SourceKind.SOCIAL: ("社会组织", "Social organizations"),
    SourceKind.PERSON: ("个人捐赠", "Individuals"),
    SourceKind.OTHER: ("其他", "Other"),
}


def ensure_sources() -> int:
    """Add those that are missing, in this order; returns how many. A source renamed or put out of use stays so."""
    known = set(Source.objects.values_list("kind", flat=True)) | set(
        Source.objects.values_list("name", flat=True)
    )
    missing = [
        Source(kind=kind, name=name, name_en=english)
        for kind, (name, english) in SOURCES.items()
        if kind not in known and name not in known
    ]
    for source in missing:
        source.save()  # one by one: each begins its history
    return len(missing)
