/* Pages are the same for everybody. A browser that holds a choice asks once for what this page
   shows in another way to its shopper; until that has come, and without it, the defaults stand. */

const MARK = "ep-part:";

/* The ranges between our comments, by name; a fragment from a cache may stand twice on a page. */
function places() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
    const found = [];
    const open = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.data.startsWith(MARK)) open.push(node);
        if (!node.data.startsWith(`/${MARK}`)) continue;
        const start = open.pop();
        if (start?.data === node.data.slice(1) && start.parentNode === node.parentNode) {
            found.push({ name: start.data.slice(MARK.length), start, end: node });
        }
    }
    return found;
}

function markup(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
}

/* Nothing is taken away under a shopper who has begun to use it. */
function isInUse(range) {
    const focused = document.activeElement;
    return focused !== null && focused !== document.body && range.comparePoint(focused, 0) === 0;
}

function put(html, { start, end }) {
    const range = document.createRange();
    range.setStartAfter(start);
    range.setEndBefore(end);
    if (isInUse(range)) return;
    range.deleteContents();
    range.insertNode(markup(html));
}

function ask(question) {
    document.querySelector("ep-consent")?.replaceWith(markup(question));
    document.documentElement.classList.remove("ep-held");
}

async function load() {
    const address = `${location.pathname}${location.search ? `${location.search}&` : "?"}ep-parts=1`;
    const headers = { "Ep-Parts": "1", Accept: "application/json, text/html" };
    const response = await fetch(address, { headers, cache: "no-store", redirect: "error" });
    if (!response.ok || !response.headers.get("Content-Type")?.startsWith("application/json")) return;
    const { parts, question } = await response.json();
    for (const place of places()) {
        if (Object.hasOwn(parts, place.name)) put(parts[place.name], place);
    }
    ask(question);
    document.dispatchEvent(new CustomEvent("ep:parts-loaded", { detail: { names: Object.keys(parts) } }));
}

/* Our own pages, which know the shopper, have no question to replace. */
if (document.documentElement.classList.contains("ep-held") && document.querySelector("ep-consent")) {
    load().catch(() => {});
}
