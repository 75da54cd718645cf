/** The sending of files, loaded where something takes files: see upload.ts. */
import { word } from "./words";
import { mine, reason } from "./requests";

const AT_ONCE = 2;
const waiting: (() => void)[] = [];
let running = 0;

interface Answer {
  files?: { id: number; name: string }[];
}

/** What hears of it when a file has arrived; composers add it to the message. */
export type Arrived = (answer: Answer, row: HTMLElement) => void;

function key(): string {
  return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join("-");
}

function next(): void {
  while (running < AT_ONCE && waiting.length) {
    running += 1;
    waiting.shift()?.();
  }
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-quiet button-small";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

/** One file on its way: a row with its name, how far it is, and what can be done. */
class Sending {
  readonly row = document.createElement("li");
  private readonly nonce = key();
  private request: XMLHttpRequest | null = null;
  private over = false;
  private renewed = false;

  constructor(
    private readonly file: File,
    private readonly form: HTMLElement,
    private readonly address: string,
    private readonly arrived: Arrived,
  ) {
    this.row.className = "upload";
  }

  begin(): void {
    const most = Number(this.form.dataset["most"] ?? Infinity);
    if (this.file.size > most) return this.fail((this.form.dataset["tooLarge"] ?? "").replace("{name}", this.file.name), false);
    this.over = false;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", this.file.name);
    this.show(bar, button(this.form.dataset["cancel"] ?? "", () => this.cancel()));
    waiting.push(() => this.send(bar));
    next();
  }

  private send(bar: HTMLProgressElement): void {
    if (this.over) return this.free();
    const body = new FormData();
    body.append("nonce", this.nonce);
    body.append("file", this.file, this.file.name || "file");
    const request = (this.request = new XMLHttpRequest());
    request.open("POST", this.address);
    request.setRequestHeader("HX-Request-Type", "partial");
    request.setRequestHeader("X-CSRF-Token", document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("loadend", () => {
      this.free();
      if (!this.over) this.answered(request);
    });
    request.send(body);
  }

  private free(): void {
    running -= 1;
    next();
  }

  private answered(request: XMLHttpRequest): void {
    if (request.status >= 200 && request.status < 300) {
      this.over = true;
      const answer = request.responseText.startsWith("{") ? (JSON.parse(request.responseText) as Answer) : {};
      this.arrived(answer, this.row);
      return;
    }
    if (!this.renewed && mine({ get: (name) => request.getResponseHeader(name) })) {
      this.renewed = true;
      return this.begin();
    }
    const words = request.getResponseHeader("Content-Type")?.startsWith("text/plain") ? request.responseText : "";
    if (request.status === 0) this.fail(this.form.dataset["cut"] ?? "", true);
    else this.fail(words || reason({ text: request.responseText }, request.status), request.status >= 500 || request.status === 429);
  }

  private fail(words: string, again: boolean): void {
    const said = document.createElement("p");
    said.setAttribute("role", "alert");
    said.dir = "auto";
    said.textContent = words;
    const acts = [button(word("close"), () => this.row.remove())];
    if (again) acts.unshift(button(this.form.dataset["again"] ?? "", () => this.begin()));
    this.show(said, ...acts);
    // The sentence names the file itself, as a rule.
    if (words.includes(this.file.name)) this.row.querySelector("bdi")?.remove();
    this.row.classList.add("upload-bad");
    // What is not taken at all cannot be lost by leaving.
    this.row.toggleAttribute("data-refused", !again);
  }

  private show(...parts: HTMLElement[]): void {
    const name = document.createElement("bdi");
    name.textContent = this.file.name;
    this.row.classList.remove("upload-bad");
    this.row.replaceChildren(name, ...parts);
  }

  private cancel(): void {
    this.over = true;
    this.request?.abort();
    this.row.remove();
  }
}

/** Send files to `address`, their rows in `list`. */
export function send(files: Iterable<File>, form: HTMLElement, address: string, list: Element, arrived: Arrived): void {
  for (const file of files) {
    const sending = new Sending(file, form, address, arrived);
    list.append(sending.row);
    sending.begin();
  }
}

function onto(form: HTMLFormElement, files: Iterable<File>): void {
  const list = form.parentElement?.querySelector(".uploads");
  if (!list) return;
  send(files, form, form.action, list, (_answer, row) => {
    row.remove();
    document.body.dispatchEvent(new CustomEvent("files-changed"));
  });
}

function ready(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>("input[type=file]");
  const place = form.closest<HTMLElement>("[data-drop]");
  if (!field || !place || "uploadsReady" in form.dataset) return;
  form.dataset["uploadsReady"] = "";
  field.addEventListener("change", () => {
    onto(form, [...(field.files ?? [])]);
    field.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}

/** A link to the field of files elsewhere on the page opens the choice of files at once. */
function choosing(event: MouseEvent): void {
  const hash = (event.target as Element).closest?.<HTMLAnchorElement>('a[href^="#"]')?.hash ?? "";
  const field = /^#[\w-]+$/.test(hash) ? document.querySelector<HTMLInputElement>(`[data-uploads-ready] > input[type=file]${hash}`) : null;
  if (!field) return;
  event.preventDefault();
  field.click();
}

/** To a message that is being written: each file becomes a row with its key in it. */
function attach(composer: HTMLElement, files: Iterable<File>): void {
  const choice = composer.querySelector<HTMLElement>("[data-attach]");
  const list = composer.querySelector(".uploads");
  if (!choice || !list) return;
  send(files, choice, "/files", list, ({ files: sent }, row) => {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "files[]";
    field.value = String(sent?.[0]?.id ?? "");
    const name = document.createElement("bdi");
    name.textContent = sent?.[0]?.name ?? "";
    row.replaceChildren(name, field, button(choice.dataset["remove"] ?? "", () => row.remove()));
    composer.querySelector("textarea")?.removeAttribute("required");
  });
}

function chooser(choice: HTMLElement): void {
  const field = choice.querySelector<HTMLInputElement>("input[type=file]");
  const composer = choice.closest<HTMLElement>("form");
  choice.hidden = false;
  if (!field || !composer || "ready" in field.dataset) return;
  field.dataset["ready"] = "";
  field.addEventListener("change", () => {
    attach(composer, [...(field.files ?? [])]);
    field.value = "";
  });
}

function carries(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

/** Dropped anywhere on the page a file is never opened in its place; on the section, or anywhere with only one, it is added. */
function dropping(): void {
  const target = (event: Event): HTMLElement | null =>
    (event.target as Element).closest?.<HTMLElement>("[data-drop],form:has([data-attach])") ??
    (event.target as Element).closest?.(".thread")?.querySelector<HTMLElement>("form:has([data-attach])") ??
    document.querySelector<HTMLElement>("section[data-drop]") ??
    document.querySelector<HTMLElement>("form:has([data-attach])");
  const mark = (place: HTMLElement | null): void => {
    for (const other of document.querySelectorAll(".files-over")) if (other !== place) other.classList.remove("files-over");
    place?.classList.add("files-over");
  };
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    mark(target(event));
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && mark(null));
  document.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    mark(null);
    if (event.dataTransfer) give(target(event), [...event.dataTransfer.files]);
  });
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    give(target(event), files);
  });
}

function give(place: HTMLElement | null, files: File[]): void {
  if (!place) return;
  if (place instanceof HTMLFormElement) return attach(place, files);
  const form = place.querySelector<HTMLFormElement>("form[data-upload]");
  if (form) onto(form, files);
}

export function begin(): void {
  const all = (): void => {
    document.querySelectorAll<HTMLFormElement>("form[data-upload]").forEach(ready);
    document.querySelectorAll<HTMLElement>("[data-attach]").forEach(chooser);
  };
  all();
  document.addEventListener("htmx:after:swap", all);
  document.addEventListener("click", choosing);
  // What went with a message that was said; what stands in the composer beside it is of another one.
  document.addEventListener("talk-said", (event) => (event.target as Element).closest("form.composer")?.querySelector(".uploads")?.replaceChildren());
  dropping();
}
