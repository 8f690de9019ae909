"""Inputs that are neither pictures nor text: lid switches."""
