/**
 * Files are chosen, dropped or pasted, and sent one by one with their progress; each can be cancelled, or sent again
 * under the same key, so that a cut line doubles nothing.
 * `<section data-drop><ul class="uploads"></ul><form data-upload data-most="…" enctype="multipart/form-data">…</form>`.
 */
export function start(): void {
  if (!document.querySelector("[data-upload],[data-attach]")) return;
  void import("./uploading").then(({ begin }) => begin());
}
