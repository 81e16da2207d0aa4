// The page's link for feedback again at each figure and exercise, with its name in the title.
"use strict";
{
  const whole = document.querySelector(".feedback a");
  const places = "figure:has(.moving-figure) figcaption > p:last-of-type, div.exercise";
  for (const place of whole ? document.querySelectorAll(places) : []) {
    const name = place.querySelector(".caption-number")?.textContent.trim();
    const id = place.closest("[id]")?.id;
    if (!name || !id) continue;
    const url = new URL(whole.href), { page } = whole.dataset;
    const fields = Object.fromEntries(url.searchParams);
    fields.title += `${name}: `;
    fields.body = fields.body.replace(page, `${page}#${id}`);
    url.search = new URLSearchParams(fields);
    const link = document.createElement("a");
    Object.assign(link, { href: url, className: "feedback-here", rel: "noopener" });
    link.append("Something wrong here?");
    link.setAttribute("aria-label", `Something wrong here? ${name}`);
    place.append(" ", link);
  }
}
