"""What a reader raises when the rest of a file cannot be read; it ends as a row's problem."""


class UnreadableError(ValueError):
    """The file cannot be read any further; `rule` of the validation's table says why."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule
