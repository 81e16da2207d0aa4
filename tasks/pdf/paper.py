"""A built page made fit for paper: nothing to press, nothing folded, answers at its end."""

from collections.abc import Collection
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from tasks.pdf.links import make_unique, rewrite_links
from tasks.pdf.positions import in_place_of_moving, read_data
from tasks.pdf.reading_order import Page

ON_SCREEN_ONLY = (
    "script, style, noscript, button, .headerlink, .quiz-feedback, .diagnostic-result, "
    ".exercise .verdict, .progress, .exercise-done-line, .sd-summary-state-marker, "
    ".of-chapter, details.hide.above-input"
)


def parsed(html: str) -> BeautifulSoup:
    """Return parsed markup."""
    return BeautifulSoup(html, "html.parser")


def element(html: str) -> Tag:
    """Return one new element from its markup."""
    found = parsed(html).find(True)
    if not isinstance(found, Tag):
        raise ValueError(f"no element: {html[:80]}")
    return found


def read_article(site: Path, page: Page) -> Tag:
    """Return the article of a built page."""
    soup = parsed((site / f"{page.name}.html").read_text(encoding="utf-8"))
    article = soup.select_one("article.bd-article")
    if article is None:
        raise ValueError(f"{page.name} has no article")
    return article


def print_figures(article: Tag, site: Path) -> None:
    """Put a table or pictures in the place of each figure's controls."""
    for figure in article.select(".moving-figure[data-file]"):
        data = read_data(site / "_static" / "livebook" / str(figure["data-file"]))
        below = in_place_of_moving(figure, data)
        for controls in figure.select(".moving-figure-controls"):
            controls.decompose()
        for part in list(parsed(below).contents):
            figure.append(part)
        for drawing in figure.select(".moving-figure-poster"):
            del drawing["aria-hidden"]  # else its description is lost along with it
        del figure["data-file"]


def print_formulas(article: Tag) -> None:
    """Leave one of the two forms in which each formula stands, with its source as description."""
    for formula in article.select(".katex"):
        spoken, shown = formula.select_one(".katex-mathml"), formula.select_one(".katex-html")
        if spoken is None or shown is None:
            continue
        source = spoken.select_one("annotation") or spoken
        formula["role"], formula["aria-label"] = "img", source.get_text().strip()
        spoken.decompose()
        del shown["aria-hidden"]


def _to_page(target: str, words: str) -> Tag:
    number = f'<span class="page-number" data-for="{target}"></span>'
    return element(f'<a class="to-page" href="#{target}">{words} on page {number}</a>')


def _lettered(quiz: Tag) -> None:
    """Turn a quiz's form into a question with lettered choices."""
    for choices in quiz.select(".quiz-choices"):
        choices.name, choices["type"] = "ol", "A"
    for field in quiz.select("input"):
        field.decompose()
    for wrapper, name in (("fieldset", "div"), ("legend", "p"), ("label", "span")):
        for inner in quiz.select(wrapper):
            inner.name = name
    quiz.name = "div"


def _answer(quiz: Tag, folded: Tag) -> Tag:
    """Return a quiz's folded answers as an entry of their own, which leads back to the quiz."""
    title, question = quiz.select_one(".quiz-title"), quiz.select_one(".quiz-question")
    words = title.get_text(strip=True) if title else "Quiz"
    asked = question.decode_contents() if question else ""
    entry = element(
        f'<div class="answer" id="{quiz["id"]}-answers"><p><a href="#{quiz["id"]}">'
        f"<strong>{words}</strong></a> {asked}</p></div>"
    )
    for listing in folded.find_all("ul", recursive=False):
        listing.name, listing["type"] = "ol", "A"
        entry.append(listing.extract())
    return entry


def gather_answers(article: Tag) -> list[Tag]:
    """Take the quizzes' answers out and say at each quiz where its answer is."""
    answers = []
    for quiz in article.select(".quiz"):
        quiz["id"] = quiz.get("id") or quiz["data-uid"]
        _lettered(quiz)
        folded = quiz.select_one(".quiz-answers")
        if folded is not None:
            answers.append(_answer(quiz, folded))
            folded.replace_with(_to_page(f"{quiz['id']}-answers", "Answer"))
    for form in article.select("form"):
        form.name = "div"
    return answers


def gather_solutions(article: Tag) -> list[Tag]:
    """Take the solutions out and say at each exercise where its solution is."""
    solutions = []
    for solution in article.select("details.solution"):
        ident = str(solution["id"])
        exercise = article.find(id=ident.replace("solution", "exercise", 1))
        summary = solution.select_one("summary")
        solution.extract()
        solution.name = "div"
        if summary is not None:
            summary.name = "p"
            summary["class"] = "solution-title"
        if isinstance(exercise, Tag):
            exercise.append(_to_page(ident, "Solution"))
            if summary is not None:
                link = element(f'<a href="#{exercise["id"]}"></a>')
                for part in list(summary.contents):
                    link.append(part.extract())
                summary.append(link)
        solutions.append(solution)
    return solutions


def append_section(article: Tag, title: str, ident: str, content: list[Tag]) -> None:
    """Add a section at the end of a page, if there is anything for it."""
    if not content:
        return
    section = element(f'<section class="at-the-end" id="{ident}"><h2>{title}</h2></section>')
    for part in content:
        section.append(part)
    article.append(section)


def open_all(article: Tag) -> None:
    """Unfold what is folded."""
    for folded in article.select("details"):
        folded["open"] = ""


def shift_headings(article: Tag, page: Page) -> None:
    """Number the page's title and let the headings of a section's page stand one level lower."""
    title = article.select_one("h1")
    if title is not None and page.number:
        title.insert(0, element(f'<span class="chapter-number">{page.number}</span>'))
        title.insert(1, " ")
    for heading in article.select("h1, h2, h3, h4, h5"):
        heading.name = f"h{int(heading.name[1]) + page.depth}"


def on_paper(
    site: Path, page: Page, slugs: dict[str, str], left_out: Collection[str] = ()
) -> tuple[Tag, list[str]]:
    """Return a page's article as it is printed, and the links in it that lead nowhere."""
    article = read_article(site, page)
    print_figures(article, site)
    for useless in article.select(ON_SCREEN_ONLY):
        useless.decompose()
    print_formulas(article)
    answers, solutions = gather_answers(article), gather_solutions(article)
    append_section(article, "Answers to the quizzes", "quiz-answers", answers)
    append_section(article, "Solutions to the exercises", "exercise-solutions", solutions)
    open_all(article)
    shift_headings(article, page)
    lost = rewrite_links(article, page.name, slugs, left_out)
    make_unique(article, page.slug)
    for number in article.select("[data-for]"):
        number["data-for"] = f"{page.slug}--{number['data-for']}"
    article["id"] = page.slug
    article["class"] = "bd-article chapter" if page.depth == 0 else "bd-article chapter subchapter"
    article["style"] = f"page: {page_name(page)}"
    return article, [f"{page.name}: {href}" for href in lost]


def page_name(page: Page) -> str:
    """Return the name of the sheets that a page is printed on."""
    return "p-" + "".join(letter if letter.isalnum() else "-" for letter in page.slug)
