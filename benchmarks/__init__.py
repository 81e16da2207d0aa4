"""pydelt against its peers and against the best that tuning on the truth could do."""
