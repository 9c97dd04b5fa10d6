"""Why a file cannot be read: what a reader raises, which ends as a row's problem, and what a disk says."""

from collections.abc import Mapping
from types import MappingProxyType

_WHY: Mapping[type[OSError], str] = MappingProxyType(
    {
        FileNotFoundError: "没有这个文件或文件夹，请核对名称和位置",
        IsADirectoryError: "这是文件夹，请指明其中的文件",
        PermissionError: "没有权限，请检查文件是否正被其他程序打开、本人能否读写",
    }
)


class UnreadableError(ValueError):
    """The file cannot be read any further; `rule` of the validation's table says why."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def why(error: OSError) -> str:
    """Return in Chinese why a file could not be opened, read or written, for whoever named it."""
    return _WHY.get(type(error)) or error.strerror or type(error).__name__
