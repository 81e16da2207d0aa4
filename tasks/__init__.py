"""What the Makefile's targets do: set up, execute the pages, build the site, serve it."""
