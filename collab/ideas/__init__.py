"""Ideas: a suggestion, from draft to measured benefit."""
