"""Assess whether a business process is ready to be outsourced."""

__version__ = "0.1.0"
