/* <ep-why>: follows "don't use this" without leaving the page, and closes with Escape. Without
   this module the <details> and the forms inside it work by themselves. */

class Why extends HTMLElement {
    connectedCallback() {
        this.details = this.querySelector("details");
        this.status = this.querySelector('[role="status"]');
        this.addEventListener("keydown", (event) => this.onKey(event));
        this.addEventListener("submit", (event) => this.onSubmit(event));
    }

    onKey(event) {
        if (event.key !== "Escape" || !this.details.open) return;
        event.stopPropagation();
        this.details.open = false;
        this.details.querySelector("summary").focus();
    }

    async onSubmit(event) {
        const form = event.target;
        if (form.dataset.native) return;
        event.preventDefault();
        const button = form.querySelector("button");
        if (button.getAttribute("aria-disabled") === "true") return;
        button.setAttribute("aria-disabled", "true");
        if (!(await this.send(form, button))) button.removeAttribute("aria-disabled");
    }

    /* Whether the server has saved it. */
    async send(form, button) {
        let response;
        try {
            response = await fetch(form.action, {
                method: "POST",
                body: new URLSearchParams(new FormData(form)),
                headers: { Accept: "application/json" },
            });
        } catch {
            this.status.textContent = this.dataset.failed;
            return false;
        }
        const answer = response.ok ? await response.json().catch(() => ({})) : {};
        if (answer.saved !== true) {
            form.dataset.native = "true";
            button.removeAttribute("aria-disabled");
            form.requestSubmit();
            return false;
        }
        this.say(answer.message, form.elements.next.value);
        const detail = { fact: form.elements.fact.value };
        this.dispatchEvent(new CustomEvent("ep:fact-excluded", { bubbles: true, detail }));
        return true;
    }

    say(message, address) {
        const reload = document.createElement("a");
        reload.href = address;
        reload.textContent = this.dataset.reload;
        this.status.replaceChildren(`${message} `, reload);
    }
}

customElements.define("ep-why", Why);
