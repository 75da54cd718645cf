"""Letters of a pending item: drafted from templates, made into PDFs, written down as sent."""
