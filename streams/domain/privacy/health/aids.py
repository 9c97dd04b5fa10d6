"""Finds tubes and devices that somebody lives with, by what is done with them: 留置胃管, 装过三个支架."""

import re
from collections.abc import Iterator

from streams.domain.privacy.reading import Reading

_DONE = re.compile("(?:留置|插有|插着?|置入|带着?|戴着?|保留|安置|装上了?|安有|挂着?|佩戴|靠)(?:着|有|了)?$")
"""What is done with a tube right before it."""
_LEFT_IN = re.compile("(?:仍|一直|持续|长期|常年)?留置(?!针)(?:中(?!心))?")
_COUNTED = re.compile(
    "(?:[装放植置打安做上钉][入了过着有]{0,3}|内有|体内|里有)(?:[0-9一二两三四五六七八九十]{1,2}|多)[个枚根块颗只条组]$"
)
_SOLD = re.compile(
    "[^，。；]{0,4}(?:收费|费|未|过期|[0-9]+(?:根|支|套|包|只|个)|注册|产品|批次|混入|操作|技术)"
)
_WORN = frozenset("装佩戴带挂")
"""Begin verbs of what somebody wears, which is named alone."""
_BEFORE = 12


def aids(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield places such as 插胃管, 尿管长期留置 and 三个支架."""
    text = reading.text
    for start, end in reading.cues.get("health.aid", ()):
        counted = _COUNTED.search(text, max(0, start - _BEFORE), start)
        if counted:
            yield counted.start(), end
            continue
        left_in = _LEFT_IN.match(text, end)
        done = _DONE.search(text, max(0, start - _BEFORE), start)
        stop = left_in.end() if left_in else end
        if (left_in or done) and not _SOLD.match(text, stop):
            yield start if done is None or done[0][0] in _WORN else done.start(), stop
