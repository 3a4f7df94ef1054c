const PROBE_MS = 4000;
const listeners = new Set<() => void>();

let isLost = false;
let timer: ReturnType<typeof setTimeout> | undefined;

export const isServerLost = (): boolean => isLost;

/** Notes whether a server answers; while none does, it is asked again and again. */
export function setLost(lost: boolean): void {
  if (lost && !timer) timer = setTimeout(probe, PROBE_MS);
  if (isLost === lost) return;
  isLost = lost;
  // For what is drawn before the app is there.
  document.documentElement.toggleAttribute("data-lost", lost);
  for (const listener of listeners) listener();
}

/** A proxy that speaks for a server which is down says so itself, and not in JSON. */
export const isFromServer = (response: Response): boolean =>
  ![502, 503, 504].includes(response.status) || /json/.test(response.headers.get("content-type") ?? "");

/** Asks whether a server is there. */
export async function probe(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  try {
    setLost(!isFromServer(await fetch("/health", { cache: "no-store" })));
  } catch {
    setLost(true);
  }
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Resolves as soon as a server answers. */
export const serverBack = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = subscribe(done);
    function done() {
      if (isLost) return;
      stop();
      resolve();
    }
    done();
  });
