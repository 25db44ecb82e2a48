"""Answers beside positions: methods, kernel, result. No web, no files."""

from quiz.matching.kernel import Kernel, Scores, kernel_of
from quiz.matching.methods import METHODS, Method

__all__ = ["METHODS", "Kernel", "Method", "Scores", "kernel_of"]
