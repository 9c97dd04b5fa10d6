"""Tells the encoding that a department's file is in."""

import codecs
import re

_BEYOND_EUROPE = re.compile("[\u2000-\ufffc\U00010000-\U0010ffff]")
"""Signs of three bytes or four in UTF-8, such as 汉字: bytes of GBK make hardly one of them."""


def encoding_of(sample: bytes) -> str:
    """Return the encoding that fits a file with this beginning best: UTF-16 by its mark, UTF-8, or GB18030.

    Of text in UTF-8 with some bytes broken most signs are whole; text in GBK has hardly one that is.
    (charset-normalizer knows no encoding at all for a file with a single broken byte.)
    """
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        text = codecs.getincrementaldecoder("utf-8-sig")("replace").decode(sample)
        whole = len(_BEYOND_EUROPE.findall(text))
        marked = sample.startswith(codecs.BOM_UTF8)
        return "utf-8-sig" if marked or whole > text.count("\ufffd") else "gb18030"
    return "utf-8-sig"
