/**
 * The form that says who is awaited: with somebody outside the clock stands where the deadline rule says so
 * (`data-stopped-by` on its box), and what is of use for those of the house alone (`data-inside`) is put away.
 */
function follow(form: HTMLFormElement, box: HTMLInputElement): void {
  const of = form.querySelector<HTMLInputElement>("input[type=hidden][name=of]");
  const fresh = form.querySelector<HTMLInputElement>("input[name=outsider_new]");
  const item = form.querySelector<HTMLInputElement>("input[name=item]");
  if (!of) return;
  const outside = of.value ? of.dataset["kind"] === "outsider" : Boolean(fresh?.checked);
  for (const field of form.querySelectorAll<HTMLElement>("[data-inside]")) field.hidden = outside;
  if ("chosen" in box.dataset) return;
  if (outside) box.checked = true;
  else if (of.value || item?.value.trim()) box.checked = false;
}

export function start(): void {
  document.addEventListener("change", (event) => {
    const changed = event.target as HTMLInputElement;
    const box = changed.form?.querySelector<HTMLInputElement>("input[data-stopped-by]");
    if (!box || !changed.form) return;
    // Whoever ticked it, or took it out, has decided.
    if (changed === box) box.dataset["chosen"] = "";
    else if (["of", "outsider_new", "item"].includes(changed.name)) follow(changed.form, box);
  });
}
