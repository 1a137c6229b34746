/* "Show me the normal version": asks for this page as nobody, and puts what stands there in the
   place of the part after the part itself. Where that can't be done, the link leads to it. */

const MARK = "ep-part:";
/* Elements between whose children no section may stand. */
const CLOSED = "ul, ol, dl, table, thead, tbody, tfoot, tr, p, span, a, button, h1, h2, h3, h4";

/* The comment that ends the part around the link; undefined where nothing marks one. */
function endOfPart(link) {
    for (let inner = link; inner.parentNode; inner = inner.parentNode) {
        let depth = 0;
        for (let node = inner.nextSibling; node; node = node.nextSibling) {
            if (node.nodeType !== Node.COMMENT_NODE) continue;
            if (node.data.startsWith(MARK)) depth += 1;
            if (!node.data.startsWith(`/${MARK}`)) continue;
            if (depth === 0) return node;
            depth -= 1;
        }
    }
    return undefined;
}

/* Undefined where the page of everybody has no such part. */
async function normalVersion(part) {
    const address = `${location.pathname}${location.search ? `${location.search}&` : "?"}ep-parts=normal`;
    const response = await fetch(address, {
        headers: { "Ep-Parts": part, Accept: "application/json, text/html" },
        cache: "no-store",
        credentials: "same-origin",
        redirect: "error",
    });
    if (!response.ok) throw new Error(response.statusText);
    const isPart = response.headers.get("Content-Type")?.startsWith("application/json");
    return isPart ? (await response.json()).normal : undefined;
}

/* Ids stay unique on the page, and labels with their fields. */
function asCopy(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    for (const name of ["id", "for", "aria-labelledby", "aria-describedby", "aria-controls"]) {
        for (const element of template.content.querySelectorAll(`[${name}]`)) {
            element.setAttribute(name, element.getAttribute(name).replace(/\S+/g, "ep-normal-$&"));
        }
    }
    return template.content;
}

function show(html, end, link) {
    const made = link.closest("ep-why").querySelector("template").content.cloneNode(true);
    const section = made.querySelector("section");
    const body = section.querySelector(".ep-normal__body");
    body.append(asCopy(html));
    section.querySelector(".ep-normal__nothing").hidden = body.childElementCount > 0 || body.textContent.trim() !== "";
    section.querySelector("button").addEventListener("click", () => {
        section.remove();
        link.focus();
    });
    end.after(made);
    section.querySelector("p").focus();
    link.dispatchEvent(new CustomEvent("ep:normal-shown", { bubbles: true }));
}

async function onClick(event) {
    const link = event.target.closest?.("ep-why .ep-why__normal");
    const end = link && endOfPart(link);
    if (!end || end.parentNode.matches(CLOSED) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const there = end.nextSibling;
    if (there?.className === "ep-normal") {
        there.querySelector("p").focus();
        return;
    }
    const why = link.closest("ep-why");
    let html;
    try {
        html = await normalVersion(end.data.slice(MARK.length + 1));
    } catch {
        why.querySelector('[role="status"]').textContent = why.querySelector("template").dataset.unreachable;
        return;
    }
    if (html === undefined) location.assign(link.href);
    else if (end.nextSibling?.className !== "ep-normal") show(html, end, link);
}

document.addEventListener("click", onClick);
