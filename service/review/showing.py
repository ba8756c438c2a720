"""What is shown of texts: masked, unless someone who may see them asks for them as they are."""

from typing import Any, Final, TypeVar

from pydantic import BaseModel

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.masking import MASK, is_code, masked

AnyModel = TypeVar("AnyModel", bound=BaseModel)
KEPT: Final = frozenset({"municipality", "boards", "board_names", "who", "when"})
"""Fields that hold no text of a document, but names that lists are asked for by."""


def shown(model: AnyModel, unmasked: bool = False) -> AnyModel:
    """The model with every text in it masked; lengths and so offsets stay as they are, and so do ids."""
    return model if unmasked else type(model).model_validate(shown_values(model.model_dump()))


def shown_values(value: Any, unmasked: bool = False) -> Any:
    """The same for what stands in no model: texts in dictionaries and lists."""
    if unmasked:
        return value
    if isinstance(value, str):
        return value if is_code(value) else masked(value)
    if isinstance(value, dict):
        return {key: part if key in KEPT else shown_values(part) for key, part in value.items()}
    return type(value)(map(shown_values, value)) if isinstance(value, list | tuple) else value


def refuse_masked(old: Any, new: Any) -> None:
    """Raises UsageError where a new value holds a mask that the old one did not: what it hides would be lost."""
    if MASK in _text(new) and MASK not in _text(old):
        raise UsageError(
            "Texten innehåller maskerade tecken. Visa den omaskerad och rätta den då, annars går det maskade förlorat."
        )


def _text(value: Any) -> str:
    return "".join(map(_text, value.values() if isinstance(value, dict) else value)) if _is_many(value) else str(value)


def _is_many(value: Any) -> bool:
    return isinstance(value, dict | list | tuple)
