"""Names of children with the frequencies of life, so that a beginning finds as many as it would in a real register.

The demo's picture-book names are few hundred; here one surname in fourteen is 王 or 李, a few given names are common
and most are rare: about 480,000 different ones among a million children. Drawn by a seed: invented, every one.
"""

from itertools import accumulate
from random import Random

# Out of a thousand people of the province, roughly; the rest share the last line.
SURNAMES = {
    "王": 72, "李": 70, "张": 68, "马": 52, "刘": 48, "陈": 38, "杨": 34, "赵": 26, "黄": 14, "周": 16,
    "吴": 15, "徐": 12, "孙": 12, "胡": 11, "朱": 11, "高": 12, "林": 6, "何": 12, "郭": 12, "罗": 7,
    "梁": 8, "宋": 8, "郑": 6, "谢": 6, "韩": 8, "唐": 6, "冯": 7, "于": 5, "董": 6, "萧": 2,
    "程": 5, "曹": 7, "袁": 5, "邓": 4, "许": 5, "傅": 3, "沈": 3, "曾": 3, "彭": 3, "吕": 5,
    "苏": 5, "卢": 4, "蒋": 4, "蔡": 3, "贾": 4, "丁": 4, "魏": 6, "薛": 4, "叶": 3, "阎": 2,
    "余": 4, "潘": 3, "杜": 4, "戴": 2, "夏": 2, "钟": 2, "汪": 4, "田": 4, "任": 5, "姜": 3,
    "范": 3, "方": 3, "石": 4, "姚": 3, "谭": 2, "廖": 2, "邹": 2, "熊": 1, "金": 2, "陆": 2,
    "郝": 2, "孔": 1, "白": 4, "崔": 2, "康": 3, "毛": 2, "邱": 1, "秦": 2, "江": 1, "史": 2,
    "顾": 1, "侯": 2, "邵": 1, "孟": 2, "龙": 1, "万": 1, "段": 2, "雷": 2, "钱": 1, "汤": 1,
    "尹": 1, "黎": 1, "易": 1, "常": 2, "武": 2, "乔": 1, "贺": 1, "赖": 1, "龚": 1, "文": 1,
    "庞": 1, "樊": 1, "兰": 1, "殷": 1, "施": 1, "陶": 1, "洪": 1, "翟": 1, "安": 2, "颜": 1,
    "牛": 2, "温": 1, "芦": 1, "包": 2, "苟": 2, "岳": 2, "祁": 2, "妥": 1, "撒": 1, "喇": 1,
    "单": 1, "仇": 1, "解": 1, "查": 1, "盖": 1, "尉迟": 1, "上官": 1, "欧阳": 1, "扎西": 3, "才让": 3,
}  # fmt: skip
# The commonest first; the chance falls with the place in the row, as it does in life.
FIRST = (
    "小文子佳嘉雨欣思志晓海金玉永国建俊梦雪明红春秋丽天宇浩泽梓梅兰芳秀英瑞雅晨怡诗琪晶美亚亮伟军强平"
    "安康乐成立新学世家富贵荣华昌盛祥福顺和兴旺德仁义礼智信忠孝廉耻云龙凤虎鹏飞翔燕霞彩虹星辰月光辉"
    "耀东西南北中山川江河湖波涛石岩峰林森树木松柏竹杨柳桃李杏花草青绿紫丹朱碧玲珑珍珠宝琳琅瑶璇静婷"
    "娟娜妮婉媛媚姗娇婧彤欢悦愉恬慧敏颖灵巧聪睿哲贤良善真纯洁清澈润沛淑贞"
)
LAST = (
    "涵轩怡萱宇豪杰辰阳彤妍欣悦琪雯娜婷静敏慧丽娟燕霞玲芳梅花兰英红艳萍琴云月雪莲凤香玉珍珠宝龙虎"
    "军伟强刚勇毅志鹏飞翔斌彬文武林森海波涛江洋山峰岩石磊鑫金银铜铁钢明亮辉光耀星晨曦旭东升平安康健"
    "乐福禄寿喜祥瑞吉庆丰盛昌兴旺发达成功立业家国民族华夏春夏秋冬天地人和谐美好妙佳嘉奇异卓越超群俊"
    "帅博学渊源远泽润沐浩瀚然子轩一凡可心语诗雅韵清扬帆航程锦绣"
)


def names(count: int, seed: int) -> list[str]:
    """Names in the order of life, the same for the same seed: mostly three characters, one in eight of two."""
    random = Random(seed)
    surnames = random.choices(tuple(SURNAMES), cum_weights=tuple(accumulate(SURNAMES.values())), k=count)
    firsts = random.choices(FIRST, cum_weights=_falling(FIRST), k=count)
    lasts = random.choices(LAST, cum_weights=_falling(LAST), k=count)
    short = random.choices((False, True), weights=(7, 1), k=count)
    return [
        surname + last if is_short else surname + first + last
        for surname, first, last, is_short in zip(surnames, firsts, lasts, short, strict=True)
    ]


def _falling(characters: str) -> tuple[float, ...]:
    return tuple(accumulate(1 / (place + 8) for place in range(len(characters))))
