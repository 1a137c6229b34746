/* <ep-consent>: sends the choice without leaving the page. It is gone only after the server has
   answered; until then, and without this module, the form inside it works by itself. */

function link(address, text) {
    const made = document.createElement("a");
    made.href = address;
    made.textContent = text;
    return made;
}

/* Two tabs that answer at once answer one after the other, so that the second one's answer comes with
   the first one's cookie and is the one that counts. */
function inTurn(send) {
    return navigator.locks ? navigator.locks.request("ep-choices", send) : send();
}

class Consent extends HTMLElement {
    connectedCallback() {
        this.bar = this.querySelector(".ep-consent");
        this.form = this.querySelector("form");
        this.status = this.querySelector('[role="status"]');
        this.addEventListener("keydown", (event) => this.onKey(event));
        this.form?.addEventListener("submit", (event) => this.onSubmit(event));
        this.leaveRoom = new ResizeObserver(() => this.measure());
        this.leaveRoom.observe(this.bar);
        if (!this.form) this.offerToClose();
        this.tabs = new BroadcastChannel("ep-choices");
        this.tabs.onmessage = () => this.form && !this.isBusy && this.remove();
    }

    disconnectedCallback() {
        this.tabs?.close();
        this.leaveRoom?.disconnect();
        document.documentElement.style.removeProperty("--ep-consent-room");
    }

    measure() {
        const room = `${Math.ceil(this.bar.getBoundingClientRect().height)}px`;
        document.documentElement.style.setProperty("--ep-consent-room", room);
    }

    async onSubmit(event) {
        if (this.isNative) return;
        event.preventDefault();
        if (this.isBusy) return;
        this.isBusy = true;
        await inTurn(() => this.send(event.submitter));
        this.isBusy = false;
    }

    async send(button) {
        let response;
        this.putKey(button);
        try {
            response = await fetch(this.form.action, {
                method: "POST",
                body: new URLSearchParams(new FormData(this.form, button)),
                headers: { Accept: "application/json" },
            });
        } catch {
            this.status.textContent = this.dataset.failed;
            return;
        }
        const answer = response.ok ? await response.json().catch(() => ({})) : {};
        if (answer.saved === true) this.onSaved(answer.message, button.value);
        else this.sendAsPage(button);
    }

    /* The same answer, sent again because no response came, carries the same key and is recorded
       once. The page may come from a cache for everybody, so the key is made here. */
    putKey(button) {
        this.form.querySelector('[name="key"]')?.remove();
        const answer = new URLSearchParams(new FormData(this.form, button)).toString();
        this.keys ??= new Map();
        if (!this.keys.has(answer)) {
            const random = crypto.getRandomValues(new Uint8Array(16));
            this.keys.set(answer, Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join(""));
        }
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name: "key", value: this.keys.get(answer) });
        this.form.append(field);
    }

    /* The server wants to say more than "saved": let its own page say it. */
    sendAsPage(button) {
        this.isNative = true;
        this.form.requestSubmit(button);
    }

    onSaved(message, answer) {
        const center = this.form.querySelector(".ep-consent__words a").href;
        const here = this.form.elements.next.value;
        this.form.remove();
        this.form = null;
        this.tabs.postMessage("saved");
        this.bar.classList.add("ep-consent--saved");
        this.status.replaceChildren(`${message} `, link(center, this.dataset.preferences));
        if (answer !== "none" && here) this.status.append(" · ", link(here, this.dataset.reload));
        this.offerToClose();
        this.status.focus();
        this.dispatchEvent(new CustomEvent("ep:choices-saved", { bubbles: true, detail: { answer } }));
    }

    offerToClose() {
        const close = document.createElement("button");
        close.type = "button";
        close.className = "ep-button ep-button--small";
        close.textContent = this.dataset.close;
        close.addEventListener("click", () => this.remove());
        this.status.after(close);
    }

    /* Escape writes nothing: it folds the list up, or puts the question off to the next page. */
    onKey(event) {
        if (event.key !== "Escape") return;
        const choose = this.querySelector("details[open]");
        if (!choose) {
            this.remove();
            return;
        }
        choose.open = false;
        choose.querySelector("summary").focus();
    }
}

customElements.define("ep-consent", Consent);
