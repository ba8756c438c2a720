"""The simple formulas of conditional formats: comparisons, texts searched for, and/or/not.

Anything else raises Unsupported: a colour that cannot be worked out is told, never guessed.
"""

from collections.abc import Callable
from typing import TypeAlias

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from ljuskoll.nlp.readers.sheets.refs import MAX_COLUMN, MAX_ROW, Spot, spot_of

Value: TypeAlias = str | float | bool | None
Look: TypeAlias = Callable[[Spot], Value]
"""What a cell holds; None for an empty one."""
Formula: TypeAlias = Callable[[Spot, Look], Value]
"""The value of a formula for one cell. Raises Fault."""
LONGEST = 1000


class Unsupported(Exception):
    """The formula is more than this module works out."""


class Fault(Exception):
    """A formula's value is an error, such as a text that is not found."""


def compiled(text: str, origin: Spot) -> Formula:
    """The formula as written for the cell `origin`; relative references move along. Raises Unsupported."""
    if len(text) > LONGEST:
        raise Unsupported(text[:LONGEST])
    try:
        tokens = [token for token in Tokenizer("=" + text.lstrip("=")).items if token.type != Token.WSPACE]
    except (TokenizerError, IndexError, ValueError, AttributeError) as error:
        raise Unsupported(text) from error
    parser = _Parser(tokens, origin)
    formula = parser.expression(0)
    if parser.peek() is not None:
        raise Unsupported(text)
    return formula


def compare(left: Value, sign: str, right: Value) -> bool:
    """A comparison as Excel makes it: texts regardless of case, numbers before texts before truth values."""
    one, other = _ordered(left, right), _ordered(right, left)
    return {
        "=": one == other,
        "<>": one != other,
        "<": one < other,
        "<=": one <= other,
        ">": one > other,
        ">=": one >= other,
    }[sign]


def _ordered(value: Value, other: Value) -> tuple[int, float, str]:
    if value is None:
        value = "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0
    if isinstance(value, bool):
        return 2, float(value), ""
    return (1, 0.0, value.casefold()) if isinstance(value, str) else (0, value, "")


_RANKS = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4}


class _Parser:
    """Operator precedence over the tokens of one formula."""

    def __init__(self, tokens: list[Token], origin: Spot) -> None:
        self._tokens = tokens
        self._origin = origin
        self._position = 0
        self._depth = 0

    def peek(self) -> Token | None:
        """The token to come."""
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def expression(self, rank: int) -> Formula:
        """All from here on that binds tighter than `rank`."""
        self._depth += 1
        if self._depth > 40:
            raise Unsupported("depth")
        left = self._operand()
        while (token := self.peek()) is not None and token.type == Token.OP_IN:
            own = _RANKS.get(token.value, 0)
            if own <= rank:
                if not own:
                    raise Unsupported(token.value)
                break
            self._position += 1
            left = _binary(token.value, left, self.expression(own))
        self._depth -= 1
        return left

    def _next(self) -> Token:
        token = self.peek()
        if token is None:
            raise Unsupported("end")
        self._position += 1
        return token

    def _operand(self) -> Formula:
        token = self._next()
        if token.type == Token.OPERAND:
            return self._value(token)
        if token.type == Token.OP_PRE:
            inner, sign = self.expression(4), -1.0 if token.value == "-" else 1.0
            return lambda spot, look: sign * _number(inner(spot, look))
        if token.type == Token.PAREN and token.subtype == Token.OPEN:
            inner = self.expression(0)
            self._next()
            return inner
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            return self._function(token.value.rstrip("(").upper().removeprefix("_XLFN."))
        raise Unsupported(token.value)

    def _function(self, name: str) -> Formula:
        arguments: list[Formula] = []
        while (token := self.peek()) is not None and token.subtype != Token.CLOSE:
            if token.type == Token.SEP:
                self._position += 1
            arguments.append(self.expression(0))
        self._next()
        function = _FUNCTIONS.get(name)
        least, most, action = function if function else (0, -1, _refuse)
        if not least <= len(arguments) <= most:
            raise Unsupported(name)
        return lambda spot, look: action([_Late(argument, spot, look) for argument in arguments])

    def _value(self, token: Token) -> Formula:
        if token.subtype == Token.NUMBER:
            number = float(token.value)
            return lambda spot, look: number
        if token.subtype == Token.TEXT:
            text = token.value[1:-1].replace('""', '"')
            return lambda spot, look: text
        if token.subtype == Token.LOGICAL:
            truth = token.value.upper() == "TRUE"
            return lambda spot, look: truth
        return self._reference(token.value)

    def _reference(self, text: str) -> Formula:
        spot = spot_of(text)
        if spot is None:
            raise Unsupported(text)
        fixed_row, fixed_column = "$" in text[1:], text.startswith("$")
        (row, column), (first_row, first_column) = spot, self._origin

        def look_up(at: Spot, look: Look) -> Value:
            there = (
                row if fixed_row else (row + at[0] - first_row - 1) % MAX_ROW + 1,
                column if fixed_column else (column + at[1] - first_column - 1) % MAX_COLUMN + 1,
            )
            return look(there)

        return look_up


class _Late:
    """An argument that is worked out when asked for."""

    def __init__(self, formula: Formula, spot: Spot, look: Look) -> None:
        self._formula, self._spot, self._look = formula, spot, look

    def __call__(self) -> Value:
        return self._formula(self._spot, self._look)


def _binary(sign: str, left: Formula, right: Formula) -> Formula:
    if sign == "&":
        return lambda spot, look: _text(left(spot, look)) + _text(right(spot, look))
    if sign in "+-*/":
        return lambda spot, look: _arithmetic(sign, _number(left(spot, look)), _number(right(spot, look)))
    return lambda spot, look: compare(left(spot, look), sign, right(spot, look))


def _arithmetic(sign: str, left: float, right: float) -> float:
    if sign == "/":
        if right == 0:
            raise Fault("#DIV/0!")
        return left / right
    return left + right if sign == "+" else left - right if sign == "-" else left * right


def _number(value: Value) -> float:
    if isinstance(value, str):
        raise Fault("#VALUE!")
    return float(value or 0)


def _text(value: Value) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return str(value).upper()
    return str(int(value)) if value.is_integer() else str(value)


def truth(value: Value) -> bool:
    """Whether a formula's value makes its format hold."""
    return bool(_number(value))


def _refuse(arguments: list[_Late]) -> Value:
    raise Unsupported("function")


def _search(arguments: list[_Late], exact: bool) -> Value:
    wanted, within = _text(arguments[0]()), _text(arguments[1]())
    place = within.find(wanted) if exact else within.casefold().find(wanted.casefold())
    if place < 0:
        raise Fault("#VALUE!")
    return float(place + 1)


def _fails(arguments: list[_Late]) -> bool:
    try:
        value = arguments[0]()
    except Fault:
        return True
    return isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A"))


def _is_number(arguments: list[_Late]) -> bool:
    try:
        value = arguments[0]()
    except Fault:
        return False
    return isinstance(value, float | int) and not isinstance(value, bool)


def _length(arguments: list[_Late]) -> int:
    return int(_number(arguments[1]())) if len(arguments) > 1 else 1


_FUNCTIONS: dict[str, tuple[int, int, Callable[[list[_Late]], Value]]] = {
    "AND": (1, 30, lambda a: all(truth(part()) for part in a)),
    "OR": (1, 30, lambda a: any(truth(part()) for part in a)),
    "NOT": (1, 1, lambda a: not truth(a[0]())),
    "IF": (2, 3, lambda a: a[1]() if truth(a[0]()) else a[2]() if len(a) > 2 else False),
    "ISBLANK": (1, 1, lambda a: a[0]() is None),
    "ISTEXT": (1, 1, lambda a: isinstance(a[0](), str)),
    "ISNUMBER": (1, 1, _is_number),
    "ISERROR": (1, 1, _fails),
    "ISERR": (1, 1, _fails),
    "ISNA": (1, 1, _fails),
    "SEARCH": (2, 2, lambda a: _search(a, exact=False)),
    "FIND": (2, 2, lambda a: _search(a, exact=True)),
    "EXACT": (2, 2, lambda a: _text(a[0]()) == _text(a[1]())),
    "LEN": (1, 1, lambda a: float(len(_text(a[0]())))),
    "TRIM": (1, 1, lambda a: " ".join(_text(a[0]()).split())),
    "UPPER": (1, 1, lambda a: _text(a[0]()).upper()),
    "LOWER": (1, 1, lambda a: _text(a[0]()).lower()),
    "LEFT": (1, 2, lambda a: _text(a[0]())[: max(0, _length(a))]),
    "RIGHT": (1, 2, lambda a: _text(a[0]())[-_length(a) :] if _length(a) > 0 else ""),
    "ABS": (1, 1, lambda a: abs(_number(a[0]()))),
    "TRUE": (0, 0, lambda a: True),
    "FALSE": (0, 0, lambda a: False),
}
