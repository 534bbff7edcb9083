"""Invented names, villages, telephones: they read like a picture book, so that nobody takes them for real people.

Given names are plants, birds and weather for children, solar terms and feasts for grown-ups. Telephones are
1380000xxxx, the numbers of sample forms.
"""

from functools import lru_cache
from random import Random

from children.code_tables import EthnicGroup

SURNAMES = tuple(
    "王李张刘陈杨赵马黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎石岳苟雷牛单仇解"
)
MUSLIM_SURNAMES = tuple("马马马马马穆哈丁祁陕韩喇唐妥撒白")
TIBETAN_WORDS = (
    "扎西", "才让", "卓玛", "央金", "罗布", "次仁", "格桑", "拉姆", "达瓦", "尼玛", "旦增", "白玛",
)  # fmt: skip
STEPPE_WORDS = ("巴图", "其其格", "阿依", "叶尔", "娜仁", "安江", "古丽", "铁木尔")
CHILD_WORDS = (
    "小禾", "小麦", "山杏", "云朵", "星河", "春芽", "冬青", "海棠", "青稞", "向阳", "石榴", "核桃",
    "雪莲", "银杏", "百灵", "云雀", "小满", "晨露", "初晴", "秋桐", "木槿", "南星", "沙枣", "胡杨",
    "红柳", "丁香", "苜蓿", "枇杷", "喜鹊", "燕麦", "葵花", "松果", "橘子", "桑叶", "柿子", "豆苗",
    "糜谷", "荞花", "麦穗", "甘草", "当归", "党参", "芍药", "牡丹", "月季", "蔷薇", "茉莉", "芦苇",
    "蒲草", "竹笋", "梧桐", "榆钱", "槐花", "柳絮", "山丹", "野菊", "玉米", "土豆", "高粱", "花椒",
    "橄榄", "莲子", "菱角", "荷叶",
)  # fmt: skip
GROWN_UP_WORDS = (
    "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "芒种", "夏至", "小暑", "大暑", "立秋",
    "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至", "小寒", "大寒", "上元",
    "端阳", "重阳", "腊八",
)  # fmt: skip
VILLAGE_BEGINNINGS = tuple("杏柳桃梨槐松竹兰菊荷石泉溪沙云星霞晴雪霜")
VILLAGE_ENDINGS = (
    "花湾村", "树坪村", "家沟村", "水川村", "桥头村", "台子村", "岭下村", "坡上村", "园子村", "滩头村",
)  # fmt: skip

MUSLIM = frozenset({EthnicGroup.HUI, EthnicGroup.DONGXIANG, EthnicGroup.BONAN, EthnicGroup.SALAR})
STEPPE = frozenset({EthnicGroup.MONGOL, EthnicGroup.KAZAK, EthnicGroup.YUGUR})


class Names:
    """Names drawn by a seed of their own: the same seed, the same people."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def surname(self, group: str = EthnicGroup.HAN) -> str:
        """The family's part of a name: a surname, or the word that stands first where there are none."""
        if group == EthnicGroup.TIBETAN:
            return self._random.choice(TIBETAN_WORDS)
        if group in STEPPE:
            return f"{self._random.choice(STEPPE_WORDS)}·"
        return self._random.choice(MUSLIM_SURNAMES if group in MUSLIM else SURNAMES)

    def child(self, surname: str) -> str:
        return surname + self._random.choice(CHILD_WORDS)

    def grown_up(self, surname: str = "") -> str:
        return (surname or self.surname()) + self._random.choice(GROWN_UP_WORDS)

    def phone(self) -> str:
        return f"1380000{self._random.randrange(10_000):04d}"


@lru_cache(maxsize=2_000)
def villages(township_code: str) -> tuple[str, ...]:
    """The invented villages of a township, always the same ones."""
    random = Random(township_code)
    beginnings = random.sample(VILLAGE_BEGINNINGS, random.randint(4, 8))
    return tuple(beginning + random.choice(VILLAGE_ENDINGS) for beginning in beginnings)
