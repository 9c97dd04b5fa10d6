"""Names parts of the body by a grammar of sides, regions and places, where a list would know only some."""

import re

_REGION = (
    "颈项胸腹腰背臀肩肘腕踝膝髋尾"
    "手足脚指趾眼耳鼻唇颌颧颊额颞枕眉腮颏臂腿股胫腓桡尺肱髌跟跖掌骶髂肋脊椎肝脾肾肺脑胃肠胆胰膀胱宫卵巢乳骨牙齿舌咽喉髓睑槽"
)
_AT = "部侧区周内外上下中段远近端缘叶根尖间后前体节干床窝沟角窦"
PLACES = frozenset(_REGION + _AT) - frozenset("前后中")
"""Ends of parts."""
LONGEST_PART = 9
_BONE = f"(?:[锁距舟楔骰坐耻筛蝶泪枢环月钩][骨椎]|三角骨|头状骨|豌豆骨|[食中环拇小]指|[{_REGION}])"
_PART = (
    f"(?:[左右双两]侧?[{_AT}]{{0,2}}{_BONE}(?:{_BONE}|[{_AT}]){{0,5}}"
    f"|(?:[面口头]{_BONE}|[上下](?=[颌唇腹臂睑腭牙])|[前后大小](?=[臂腿胸背颈脑额])|{_BONE})(?:{_BONE}|[{_AT}]){{1,5}})"
)
PART = re.compile(f"{_PART}(?<![前后中])$")
"""Such as 左小腿内侧, 面颈部, 牙槽; a single sign without side (扶手) is none."""
PART_AHEAD = re.compile(
    f"了?其?(?:[一二两三四五0-9]{{1,2}}[根只条颗枚个节])?(?:{_PART}|[左右双两]?(?:面部|头部|头皮|额头|脸部?|手指|手臂|脚趾|大腿|小腿|上臂|前臂|四肢|胳膊|门牙|牙齿|眼睛|鼻子|耳朵|嘴唇|下巴|脖子|后背|腰部?|[腿脚头](?![\u4e00-\u9fff])))(?<![前后中])"
)
"""The part behind what happened to it, such as 灼伤右手背."""
PARTS_ONLY = re.compile(f"(?:{_PART}|[左右双]?[上下]肢|[左右双][眼耳手脚]|听力|视力|言语|肢体|精神|智力)+")
_SIDE = "左右双两"
BODILY = re.compile(
    f"[{_SIDE}]侧?(?:锁骨|肩胛骨|舟骨|距骨|楔骨)|[{_SIDE}]侧?[大小上下前后内外中]{{0,2}}[{_REGION}面]|(?:全身|面部|头部|头面部|面颈部|颜面)?(?:[浅深]?[ⅠⅡⅢ一二三]度|[IVX]{{1,3}}度)[烧烫灼冻]"
    f"|[{_REGION}面头上下肢部]{{2,6}}[浅深]?[ⅠⅡⅢI一二三]{{1,3}}度"
)
"""Begins what only a person has: a side of the body, or a degree of a burn."""
