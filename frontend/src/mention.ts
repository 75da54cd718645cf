/**
 * A mention is read as a name while one writes: `@Maria Lekka` stands in the text, and whom it means is remembered beside
 * it. The stored form, `@[Maria Lekka](party:7)` (collab.messaging.mentions), is put together when the text leaves the
 * field: sent, previewed, kept as a draft or in the outbox. A name typed by hand mentions nobody.
 * For the textarea of a `form.composer` and of a `form[data-calls]`.
 */
import { word } from "./words";

/** `@name` stands at `start` and means the party. */
interface Called {
  start: number;
  name: string;
  party: string;
}

/** A field: its text when it was last looked at, whom it mentions, the parties known here by each name, and what was so before. */
interface Held {
  text: string;
  called: Called[];
  known: Map<string, Set<string>>;
  seen: Map<string, Called[]>;
}

const FIELD = "form.composer textarea, form[data-calls] textarea";
const STORED = /(?<![\p{L}\p{N}_@./-])@\[([^\][\n\\]{1,200})\]\(party:([1-9]\d{0,15})\)/gu;
const LETTER = /[\p{L}\p{N}_]/u;
const BEFORE = /[\p{L}\p{N}_@./-]/u;
const MOST_SEEN = 200;
const fields = new WeakMap<HTMLTextAreaElement, Held>();
const hints = new Map<string, string>();
let turning = false;

/** What stands in code is code: it mentions nobody. */
function inCode(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const fences = before.match(/^ {0,3}```/gm)?.length ?? 0;
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return fences % 2 === 1 || (line.match(/`/g)?.length ?? 0) % 2 === 1;
}

/** A stored text as it is read, and whom it mentions where. */
function parted(stored: string): { text: string; called: Called[] } {
  let text = "";
  let from = 0;
  const called: Called[] = [];
  for (const match of stored.matchAll(STORED)) {
    if (inCode(stored, match.index)) continue;
    text += stored.slice(from, match.index);
    called.push({ start: text.length, name: match[1] ?? "", party: match[2] ?? "" });
    text += `@${match[1]}`;
    from = match.index + match[0].length;
  }
  return { text: text + stored.slice(from), called };
}

/** A stored text as people read it. */
export function spoken(stored: string): string {
  return parted(stored).text;
}

function stands(text: string, { start, name }: Called): boolean {
  return text.startsWith(`@${name}`, start) && !BEFORE.test(text.charAt(start - 1)) && !inCode(text, start);
}

function end({ start, name }: Called): number {
  return start + 1 + name.length;
}

function learn(held: Held, called: readonly Called[]): void {
  for (const { name, party } of called) held.known.set(name, (held.known.get(name) ?? new Set()).add(party));
}

/** Mentions that an edit left alone, where they are now: before it as they were, behind it moved. */
function moved(held: Held, text: string): Called[] {
  const most = Math.min(text.length, held.text.length);
  let same = 0;
  while (same < most && text[same] === held.text[same]) same++;
  let after = 0;
  while (after < most - same && text.at(-1 - after) === held.text.at(-1 - after)) after++;
  const by = text.length - held.text.length;
  const kept = [];
  for (const one of held.called) {
    if (end(one) <= same) kept.push(one);
    else if (one.start >= held.text.length - after) kept.push({ ...one, start: one.start + by });
  }
  return kept;
}

/** Names of parties chosen here before that stand in the text again: put back, cut and pasted, mended by hand. */
function again(held: Held, text: string, called: readonly Called[]): Called[] {
  const found = [...called];
  for (const name of [...held.known.keys()].sort((one, other) => other.length - one.length)) {
    const parties = [...(held.known.get(name) ?? [])];
    if (parties.length !== 1) continue; // two are called so: which of them is meant is not guessed
    for (let at = text.indexOf(`@${name}`); at >= 0; at = text.indexOf(`@${name}`, at + 1)) {
      const one = { start: at, name, party: parties[0] ?? "" };
      const free = !LETTER.test(text.charAt(end(one))) && !found.some((other) => other.start < end(one) && at < end(other));
      if (free) found.push(one);
    }
  }
  return found;
}

function note(held: Held, text: string, called: readonly Called[]): void {
  held.text = text;
  held.called = called.filter((one) => stands(text, one)).sort((one, other) => one.start - other.start);
  if (!held.known.size) return;
  held.seen.delete(text);
  held.seen.set(text, held.called);
  const oldest = held.seen.keys().next().value;
  if (held.seen.size > MOST_SEEN && oldest !== undefined) held.seen.delete(oldest);
}

/** Whom the field mentions now, however its text came to be what it is. */
function follow(area: HTMLTextAreaElement): Held {
  const held = fields.get(area) ?? { text: "", called: [], known: new Map(), seen: new Map() };
  fields.set(area, held);
  const text = area.value;
  if (text !== held.text) note(held, text, held.seen.get(text) ?? again(held, text, moved(held, text)));
  return held;
}

/** The text of a field in its stored form. */
export function stored(area: HTMLTextAreaElement): string {
  if (!area.matches(FIELD)) return area.value;
  const { called } = follow(area);
  let text = "";
  let from = 0;
  for (const one of called) {
    text += `${area.value.slice(from, one.start)}@[${one.name}](party:${one.party})`;
    from = end(one);
  }
  return text + area.value.slice(from);
}

/** A text in its stored form becomes known to the field, whatever stands in it now. */
export function remember(area: HTMLTextAreaElement, text: string): void {
  const held = follow(area);
  learn(held, parted(text).called);
  note(held, area.value, again(held, area.value, held.called));
}

/** Writes over a stretch of the text so that it can be undone. */
export function write(area: HTMLTextAreaElement, from: number, to: number, text: string): void {
  turning = true;
  area.focus();
  area.setSelectionRange(from, to);
  if (!document.execCommand(text ? "insertText" : "delete", false, text)) area.setRangeText(text, from, to, "end");
  turning = false;
}

function put(area: HTMLTextAreaElement, from: number, to: number, name: string, party: string, also = ""): void {
  write(area, from, to, `@${name}${also}`);
  const held = follow(area);
  const one = { start: from, name, party };
  learn(held, [one]);
  note(held, area.value, [...held.called.filter((other) => end(other) <= from || other.start >= end(one)), one]);
}

/** Somebody was chosen: they are mentioned where one writes. */
export function mention(area: HTMLTextAreaElement, chosen: string, party: string, hint: string): void {
  const name = chosen.replace(/[[\]\\\n`]/g, " ").trim();
  if (!name) return;
  hints.set(party, hint);
  follow(area);
  put(area, area.selectionStart, area.selectionEnd, name, party, " ");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/** A stored form that was typed or pasted is read as a name from then on. */
function turn(area: HTMLTextAreaElement): void {
  for (;;) {
    const match = [...area.value.matchAll(STORED)].find(({ index }) => !inCode(area.value, index));
    if (!match) return;
    const last = match.index + match[0].length;
    const caret = area.selectionEnd;
    put(area, match.index, last, match[1] ?? "", match[2] ?? "");
    if (caret > last) area.setSelectionRange(caret - last + area.selectionEnd, caret - last + area.selectionEnd);
  }
}

/** What the server wrote into a field is its stored form. */
function dress(root: ParentNode): void {
  for (const area of root.querySelectorAll<HTMLTextAreaElement>(FIELD)) {
    const text = parted(area.value);
    const first = parted(area.defaultValue);
    if (first.called.length) area.defaultValue = first.text;
    if (text.called.length) area.value = text.text;
    // What a browser put back by itself is known by what the server wrote.
    const held = follow(area);
    learn(held, [...first.called, ...text.called]);
    note(held, area.value, text.called.length ? text.called : again(held, area.value, held.called));
    show(area);
  }
}

/** Whom the text mentions, in a line under it: of two with one name it says which. */
function show(area: HTMLTextAreaElement): void {
  const names = new Map(follow(area).called.map(({ name, party }) => [party, name]));
  queueMicrotask(() => area.dispatchEvent(new CustomEvent("composer:called", { bubbles: true, detail: [...names.keys()] })));
  let line = area.nextElementSibling;
  if (!line?.matches(".composer-called")) {
    if (!names.size) return;
    line = document.createElement("p");
    line.className = "composer-called";
    line.setAttribute("role", "status");
    area.after(line);
  }
  if (!names.size) return line.remove();
  const said = [...names].map(([party, name]) => (hints.get(party) ? `${name} (${hints.get(party)})` : name)).join(document.documentElement.lang === "fa" ? "، " : ", ");
  const [before = "", after = ""] = word("mentions").split("{names}");
  const bdi = document.createElement("bdi");
  bdi.textContent = said;
  if (line.querySelector("bdi")?.textContent !== said) line.replaceChildren(before, bdi, after);
}

export function start(): void {
  document.addEventListener("input", (event) => {
    const area = event.target;
    if (turning || !(area instanceof HTMLTextAreaElement) || !area.matches(FIELD)) return;
    const { inputType = "", isComposing = false } = event as Partial<InputEvent>;
    follow(area);
    if (!isComposing && !inputType.startsWith("history") && document.activeElement === area) turn(area);
    show(area);
  });
  document.addEventListener("formdata", (event) => {
    for (const area of (event.target as HTMLFormElement).querySelectorAll<HTMLTextAreaElement>(FIELD)) {
      if (event.formData.has(area.name)) event.formData.set(area.name, stored(area));
    }
  });
  document.addEventListener("reset", (event) => {
    const areas = (event.target as HTMLFormElement).querySelectorAll<HTMLTextAreaElement>(FIELD);
    setTimeout(() => areas.forEach(show));
  });
  document.addEventListener("htmx:after:swap", () => dress(document));
  dress(document);
}
