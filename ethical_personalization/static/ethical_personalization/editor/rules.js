/* Shows in a row of rules only what fits the chosen fact. Without it every part is shown. */

const facts = JSON.parse(document.getElementById("ep-facts")?.textContent ?? "{}");

/** The parts that a comparison of each shape wants. */
const PARTS = { values: ["values"], number: ["number"], times: ["times"], pattern: ["words"], nothing: [] };
const ALL_PARTS = ["values", "number", "words", "times"];

class FactRuleController extends window.StimulusModule.Controller {
  connect() {
    this.fact = this.part("fact").querySelector("select");
    this.comparison = this.part("comparison").querySelector("select");
    this.fact.addEventListener("change", () => this.factChanged());
    this.comparison.addEventListener("change", () => this.showParts());
    this.showParts();
  }

  part(name) {
    return this.element.querySelector(`[data-ep-rule-part="${name}"]`);
  }

  factChanged() {
    this.offerComparisons(facts[this.fact.value]?.comparisons ?? []);
    this.offerValues(facts[this.fact.value]?.values ?? []);
    this.showParts();
  }

  /** The first option is "Choose…"; a comparison that still fits stays chosen. */
  offerComparisons(fitting) {
    const before = this.comparison.value;
    const options = fitting.map(({ key, label }) => new Option(label, key, false, key === before));
    this.comparison.replaceChildren(this.comparison.options[0], ...options);
    if (!this.comparison.value && options.length) this.comparison.value = options[0].value;
  }

  offerValues(values) {
    const box = this.part("values").querySelector("[id$='-values']");
    const name = box.id.replace(/^id_/, "");
    const rows = values.map(([value, label], number) => {
      const input = Object.assign(document.createElement("input"), {
        type: "checkbox", name, value, id: `${box.id}_${number}`,
      });
      const caption = document.createElement("label");
      caption.append(input, ` ${label}`);
      const row = document.createElement("div");
      row.append(caption);
      return row;
    });
    box.replaceChildren(...rows);
  }

  showParts() {
    const fact = facts[this.fact.value];
    const chosen = fact?.comparisons.find(({ key }) => key === this.comparison.value);
    const shown = this.wanted(fact, chosen);
    for (const name of ALL_PARTS) this.part(name).hidden = !shown.includes(name);
    this.part("comparison").hidden = !this.fact.value;
    this.part("group").hidden = !this.fact.value;
  }

  /** A stored fact or comparison that is not known shows whatever was stored. */
  wanted(fact, chosen) {
    if (!chosen) return this.fact.value && this.comparison.value ? this.filled() : [];
    if (chosen.shape === "values" && fact.values === null) return ["words"];
    return PARTS[chosen.shape];
  }

  filled() {
    const isFilled = (input) => (input.type === "checkbox" ? input.checked : input.value !== "");
    return ALL_PARTS.filter((name) =>
      [...this.part(name).querySelectorAll("input, textarea")].some(isFilled),
    );
  }
}

window.wagtail.app.register("ep-fact-rule", FactRuleController);
