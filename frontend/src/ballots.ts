/** What only ballots need is fetched with the first one that is shown. */
const BALLOTS = "[data-ranks],[data-dots]";
let fetched = false;

async function fetchOnce(): Promise<void> {
  if (fetched || !document.querySelector(BALLOTS)) return;
  fetched = true;
  try {
    for (const module of await Promise.all([import("./ranking"), import("./dots")])) module.start();
  } catch {
    fetched = false; // the line was away: the next one shown asks again, and ballots work without
  }
}

export function start(): void {
  void fetchOnce();
  document.addEventListener("htmx:after:swap", () => void fetchOnce());
}
