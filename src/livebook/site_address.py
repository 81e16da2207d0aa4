"""Where the site will stand: its address, for whatever must name a page by its whole address.

`html_baseurl` says it (Jupyter Book's `baseurl`). Without one it is the address at which GitHub
Pages serves the repository, so that a fork changes one line.
"""

import re
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config

GITHUB = re.compile(r"https://github\.com/([^/]+)/([^/]+?)(?:\.git)?/?")


def pages_address(repository: str) -> str:
    """Return the address of a repository's GitHub Pages; blank if it is no GitHub repository."""
    found = GITHUB.fullmatch(repository)
    if found is None:
        return ""
    owner, name = found[1].lower(), found[2]
    host = f"https://{owner}.github.io/"
    return host if name.lower() == f"{owner}.github.io" else f"{host}{name}/"


def find_address(app: Sphinx, config: Config) -> None:
    """Tell the address to Sphinx and to the extensions that name pages by it."""
    address = config.html_baseurl or pages_address(
        config.html_theme_options.get("repository_url", "")
    )
    config.html_baseurl = address.rstrip("/") + "/" if address else ""
    if "ogp_site_url" in config:
        config.ogp_site_url = config.html_baseurl
    if "notfound_urls_prefix" in config:
        config.notfound_urls_prefix = urlsplit(config.html_baseurl).path or "/"


def setup(app: Sphinx) -> None:
    """Find the address before other extensions look at the configuration."""
    app.connect("config-inited", find_address, priority=100)
