"""The diagrams: one flow a file. A reader who sees only the body of a flow sees the whole process."""
