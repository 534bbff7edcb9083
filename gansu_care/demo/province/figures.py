"""The figures that the demo province must come to, to the last center and the last fen.

Reported of Gansu from 2009 to July 2015: 1,248 centers, 1,000 of them in 2009; 21.8 million yuan, of it 1.79 million
from the All-China Women's Federation and the China Children and Teenagers' Fund together; computers, televisions,
stationery and books for each center. How they spread over years, prefectures and sources is invented; the sums are not.
"""

from datetime import date
from decimal import Decimal

FIRST_YEAR, LAST_YEAR = 2009, 2015
LAST_DAY = date(2015, 7, 20)  # nothing is built or received after it
CENTERS = 1_248
RECEIVED = Decimal("21800000.00")
JOINTLY = Decimal("1790000.00")

BUILT_BY_YEAR = {2009: 1000, 2010: 52, 2011: 50, 2012: 46, 2013: 40, 2014: 36, 2015: 24}

# prefecture: (centers built, of them merged or closed by the end of 2015, yuan allocated)
BY_PREFECTURE = {
    "620100": (62, 1, 1_075_000),  # 兰州市
    "620200": (3, 0, 52_000),  # 嘉峪关市
    "620300": (12, 0, 208_000),  # 金昌市
    "620400": (70, 2, 1_214_000),  # 白银市
    "620500": (116, 3, 2_011_500),  # 天水市
    "620600": (94, 2, 1_630_000),  # 武威市
    "620700": (61, 0, 1_057_500),  # 张掖市
    "620800": (103, 3, 1_786_000),  # 平凉市
    "620900": (69, 0, 1_196_500),  # 酒泉市
    "621000": (118, 4, 2_046_000),  # 庆阳市
    "621100": (121, 2, 2_098_000),  # 定西市
    "621200": (198, 6, 3_433_000),  # 陇南市
    "622900": (126, 1, 2_185_000),  # 临夏回族自治州
    "623000": (95, 1, 1_647_500),  # 甘南藏族自治州
}
MERGED_BY_2015 = sum(merged for _, merged, _ in BY_PREFECTURE.values())
ALLOCATED = Decimal(sum(yuan for *_, yuan in BY_PREFECTURE.values()))

JOINT = "全国妇联、中国儿童少年基金会"
# Yuan received by year; the two of JOINT gave together, and no paper says how much each.
RECEIVED_BY_SOURCE = {
    "省级财政": (10_360_000, 640_000, 680_000, 600_000, 560_000, 640_000, 520_000),
    "省福利彩票公益金": (1_420_000, 260_000, 270_000, 200_000, 200_000, 150_000, 100_000),
    JOINT: (1_020_000, 170_000, 180_000, 160_000, 140_000, 120_000, 0),
    "企业捐赠": (1_040_000, 150_000, 160_000, 150_000, 130_000, 100_000, 120_000),
    "甘肃妇女儿童发展基金会": (580_000, 120_000, 120_000, 110_000, 110_000, 60_000, 60_000),
    "个人捐赠": (200_000, 40_000, 40_000, 40_000, 40_000, 20_000, 20_000),
}
