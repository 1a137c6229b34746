/* Before anything is painted: whether this browser holds a choice. Then the question, which stands
   in the page for everybody, is not shown while ep-parts.js asks what is still open. */

{
    const mark = `${document.currentScript.dataset.mark}=`;
    if (document.cookie.split("; ").some((cookie) => cookie.startsWith(mark))) {
        document.documentElement.classList.add("ep-held");
    }
}
