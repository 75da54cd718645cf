/**
 * Files are chosen, dropped or pasted, and sent one by one with their progress; each can be cancelled, or sent again
 * under the same key, so that a cut line doubles nothing.
 * `<section data-drop><ul class="uploads"></ul><form data-upload data-most="…" enctype="multipart/form-data">…</form>`.
 */
let begun = false;

function dress(): void {
  if (begun || !document.querySelector("[data-upload],[data-attach]")) return;
  begun = true;
  void import("./uploading").then(({ begin }) => begin());
}

export function start(): void {
  dress();
  document.addEventListener("htmx:after:swap", dress);
}
