/* <ep-gpc>: shows its note where the browser sends Global Privacy Control. The page is the same for
   everybody, so only the browser itself can tell. */

class GlobalPrivacyControl extends HTMLElement {
    connectedCallback() {
        this.hidden = navigator.globalPrivacyControl !== true;
    }
}

customElements.define("ep-gpc", GlobalPrivacyControl);
