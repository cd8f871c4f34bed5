// Verdicts in words. The sentences are those of the server and of `kpcs verify`: /verifier/texts.en.json and its like are made from the same files.

import { dayOf, grouped, minuteOf } from "./terms.js";

/** A speaker of one language. `texts` is `{ key: [part, ...] }`; a part is a text, `{ value }`, or `{ value, cases }`. */
export class Speaker {
  constructor(language, texts) {
    this.language = language;
    this.texts = texts;
    this.plurals = new Intl.PluralRules(language);
  }

  /** The text behind a key; the key itself where it is missing, so that nothing is ever silent. */
  text(key, values = {}) {
    return Object.hasOwn(this.texts, key) ? this.fill(this.texts[key], values) : key;
  }

  fill(parts, values) {
    return parts.map((part) => (typeof part === "string" ? part : this.part(part, values))).join("");
  }

  part({ value: name, cases }, values) {
    const value = values[name];
    if (cases === undefined) return value === undefined ? `{$${name}}` : String(value);
    const chosen =
      cases.find(({ key }) => key === String(value)) ??
      cases.find(({ key }) => typeof value === "number" && key === this.plurals.select(value)) ??
      cases.find((each) => each.otherwise);
    return this.fill(chosen.parts, values);
  }

  state = (state) => this.text(`state-${state}`);

  reason = (reason) => this.text(`verdict-${reason.key}`, reason.values);

  age(age) {
    if (age.kind === "none") return this.text("age-none");
    const values = { as_of: dayOf(age.asOf) };
    return age.kind === "known" ? this.text("age-known", { ...values, days: age.days }) : this.text("age-untold", values);
  }

  /** The sentence with the age of the lists, the other reasons, the key's class, what to do next. */
  lines(verdict) {
    const [first, ...others] = verdict.reasons;
    const lines = [`${this.reason(first)} ${this.age(verdict.age)}`, ...others.map(this.reason)];
    if (verdict.keyClass !== null) lines.push(this.text(`key-${verdict.keyClass}`));
    lines.push(this.text(`next-${first.next}`));
    return lines;
  }

  /** Label and value of everything that the authority signed, in the order of the sheet, and the check code of what was presented. */
  facts({ content, checkCode }) {
    const facts = content === null ? [] : this.signed(content);
    if (checkCode !== null) facts.push(["fact-check-code", checkCode]);
    return facts.map(([key, value]) => [this.text(key), value]);
  }

  signed(content) {
    const facts = [
      ["fact-number", content.number.text],
      ["fact-carats", grouped(content.carats)],
      ["fact-value", grouped(content.value)],
      ["fact-parcels", String(content.parcels)],
      ["fact-seals", content.seals.join(" ")],
      ["fact-from", `${content.issuer}, ${content.authority}`],
      ["fact-to", content.destination],
      ["fact-origin", content.origins === "mixed" ? this.text("origin-mixed") : content.origins.join(", ")],
      ["fact-exporter", `${content.exporter.name} ${content.exporter.registryId}`.trim()],
      ["fact-importer", content.importer.name],
      ["fact-validated", minuteOf(content.issuedAt)],
      ["fact-leaves-before", minuteOf(content.expiresAt)],
    ];
    for (const line of content.lines) facts.push(["fact-class", `${line.class}: ${grouped(line.carats)} ct, US$ ${grouped(line.value)}`]);
    if (content.purpose !== null) facts.push(["fact-technical", this.text(`purpose-${content.purpose}`)]);
    return facts;
  }
}
