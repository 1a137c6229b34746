/* <ep-why>: follows its controls without leaving the page, and closes with Escape. Without this
   module the <details>, the forms and the links inside it work by themselves. */

class Why extends HTMLElement {
    connectedCallback() {
        this.words = this.querySelector("template").dataset;
        this.status = this.querySelector('[role="status"]');
        this.addEventListener("keydown", (event) => this.onKey(event));
        this.addEventListener("submit", (event) => this.onSubmit(event));
    }

    onKey(event) {
        const details = this.querySelector("details[open]");
        if (event.key !== "Escape" || !details) return;
        event.stopPropagation();
        details.open = false;
        details.querySelector("summary").focus();
    }

    async onSubmit(event) {
        const form = event.target;
        if (form.dataset.native) return;
        event.preventDefault();
        const button = event.submitter ?? form.querySelector("button");
        if (button.getAttribute("aria-disabled") === "true") return;
        button.setAttribute("aria-disabled", "true");
        if (!(await this.send(form, button))) button.removeAttribute("aria-disabled");
    }

    /* Whether the server has saved it. */
    async send(form, button) {
        const sent = new FormData(form, button);
        let response;
        try {
            response = await fetch(form.action, {
                method: "POST",
                body: new URLSearchParams(sent),
                headers: { Accept: "application/json" },
            });
        } catch {
            this.say(this.words.failed);
            return false;
        }
        const answer = response.ok ? await response.json().catch(() => ({})) : {};
        if (answer.saved !== true) {
            form.dataset.native = "true";
            button.removeAttribute("aria-disabled");
            form.requestSubmit(button);
            return false;
        }
        this.say(answer.message, "stays" in form.dataset ? "" : sent.get("next"));
        const detail = Object.fromEntries(sent);
        if (detail.use === "no") this.tell("ep:fact-excluded", { fact: detail.fact });
        this.tell("ep:control-saved", { action: new URL(form.action).pathname });
        return true;
    }

    tell(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
    }

    say(message, address) {
        this.status.replaceChildren(message);
        if (!address) return;
        const reload = document.createElement("a");
        reload.href = address;
        reload.textContent = this.words.reload;
        this.status.append(" ", reload);
    }
}

customElements.define("ep-why", Why);
