"""Python types as JSON: the schema of a type, its values as JSON, and JSON as its values."""

from .parameters import Parameters
from .reading import shape_of
from .shape import Misfit, Shape, Unsupported

__all__ = ["Misfit", "Parameters", "Shape", "Unsupported", "shape_of"]
