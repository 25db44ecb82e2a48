"""Answers beside positions: methods, kernel, result. No web, no files."""

from quiz.content.methods import METHODS, Method
from quiz.matching.kernel import Kernel, Scores, kernel_of

__all__ = ["METHODS", "Kernel", "Method", "Scores", "kernel_of"]
