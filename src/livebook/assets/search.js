// The search page: asks Pagefind's index and lists pages, each with the sections that fit.
const place = document.getElementById('book-search-results');
const field = document.getElementById('book-search-field');
const status = place.querySelector('.book-search-status');
const list = place.querySelector('ol');
const more = place.querySelector('.book-search-more');
const help = place.querySelector('.book-search-help');
const AT_ONCE = 10;
const SECTIONS = 3;
let pagefind, found = [], asked = 0;

async function load() {
    const folder = new URL(place.dataset.index.replace(/\/?$/, '/'), location.href);
    pagefind = await import(new URL('pagefind.js', folder).href);
    const root = new URL(place.dataset.root || './', location.href).pathname;
    await pagefind.options({
        bundlePath: folder.pathname, baseUrl: root.replace(/[^/]*$/, ''), excerptLength: 22,
    });
    await pagefind.init();
}

const element = (tag, className, html) => Object.assign(
    document.createElement(tag), {className, innerHTML: html});

function link(address, text) {
    const anchor = element('a', '', '');
    anchor.href = address;
    anchor.textContent = text;
    return anchor;
}

// Names stand in parts in the index, as `np .gradient (u)`.
const together = text => text.replace(/((?:<\/mark>)?) ((?:<mark>)?)(?=\.\w)/g, '$1$2');

const wordsOf = text => text.toLowerCase().match(/[\p{L}\p{N}_.]+/gu)
    ?.map(word => word.replace(/^\.+|\.+$/g, '')).filter(Boolean) ?? [];

// A name with dots is asked for as a phrase of its parts.
const askedFor = word => word.includes('.') ? `"${word.replaceAll('.', ' ')}"` : word;

// Where no word fits, Pagefind takes words that begin a little like it: what it marked must hold
// most of the letters that were asked for, or the word is nowhere.
async function isThere(word) {
    const {results} = await pagefind.search(askedFor(word));
    if (!results.length || word.includes('.')) return results.length > 0;
    const page = await results[0].data();
    const marked = (page.excerpt.match(/<mark>.*?<\/mark>/gs) ?? []).join(' ').toLowerCase();
    return marked.includes(word.slice(0, Math.ceil(0.6 * word.length)));
}

function shown(page) {
    const item = document.createElement('li');
    const title = element('h2', '', '');
    title.append(link(page.url, together(page.meta.title)));
    item.append(title);
    const sections = page.sub_results.filter(section => section.url.includes('#')
        && section.title !== page.meta.title).slice(0, SECTIONS);
    if (!sections.length) {
        item.append(element('p', '', together(page.excerpt)));
        return item;
    }
    const inside = element('ul', '', '');
    for (const section of sections) {
        const line = document.createElement('li');
        line.append(link(section.url, together(section.title)), element('p', '', together(section.excerpt)));
        inside.append(line);
    }
    item.append(inside);
    return item;
}

async function showMore() {
    const mine = asked;
    const pages = await Promise.all(found.splice(0, AT_ONCE).map(result => result.data()));
    if (mine !== asked) return;
    list.append(...pages.map(shown));
    more.hidden = !found.length;
}

async function search(text) {
    const mine = ++asked;
    const words = wordsOf(text);
    if (!words.length) {
        list.replaceChildren();
        status.textContent = '';
        more.hidden = help.hidden = true;
        return;
    }
    status.textContent = 'Searching …';
    const {results} = await pagefind.search(words.map(askedFor).join(' '));
    const there = await Promise.all(words.map(isThere));
    if (mine !== asked) return;
    const missing = words.filter((_, index) => !there[index]);
    found = missing.length ? [] : results;
    list.replaceChildren();
    status.textContent = found.length === 0 ? `No page has “${missing.join(' ') || text.trim()}”.`
        : `${found.length} ${found.length === 1 ? 'page has' : 'pages have'} “${text.trim()}”.`;
    help.hidden = found.length > 0;
    await showMore();
}

async function begin() {
    field.value = new URLSearchParams(location.search).get('q') ?? '';
    field.focus();
    try {
        await load();
    } catch {
        status.textContent = 'The search index could not be loaded. Are you offline?';
        return;
    }
    let pause;
    field.addEventListener('input', () => {
        clearTimeout(pause);
        pause = setTimeout(() => {
            history.replaceState(null, '', `?${new URLSearchParams({q: field.value})}`);
            search(field.value);
        }, 250);
    });
    field.form.addEventListener('submit', event => {
        event.preventDefault();
        search(field.value);
    });
    more.addEventListener('click', async () => {
        const next = list.children.length;
        await showMore();
        list.children[next]?.querySelector('a').focus();
    });
    await search(field.value);
}

begin();
