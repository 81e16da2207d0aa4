"""The whole book as one PDF: the built pages, made fit for paper and printed by Chromium."""
