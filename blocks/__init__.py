"""The outside world behind small classes. A block decides nothing."""
