import { useSyncExternalStore } from "react";

const PROBE_MS = 4000;
/** A request times out after this time. */
const QUERY_TIMEOUT_MS = 30_000;
/** Longer than a key is tried at OpenRouter. */
const MUTATION_TIMEOUT_MS = 120_000;
/** As long as they take: their answer comes when all is done. */
const IS_LONG = /\/(.*,)?(sync\.|auth\.exportData)/;

const listeners = new Set<() => void>();
let isLost = false;
let timer: ReturnType<typeof setTimeout> | undefined;

export const isServerLost = (): boolean => isLost;

/** Notes whether a server answers; while none does, it is asked again and again. */
function setLost(lost: boolean): void {
  if (lost && !timer) timer = setTimeout(probe, PROBE_MS);
  if (isLost === lost) return;
  isLost = lost;
  for (const listener of listeners) listener();
}

/** A proxy that speaks for a server which is down says so itself, and not in JSON. */
const isFromServer = (response: Response): boolean =>
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

/** A request that is never answered ends, and so does the wait of its form or page. */
function deadlineOf(input: RequestInfo | URL | string, init?: RequestInit): AbortSignal | null {
  if (IS_LONG.test(String(input))) return init?.signal ?? null;
  const deadline = AbortSignal.timeout(init?.method === "POST" ? MUTATION_TIMEOUT_MS : QUERY_TIMEOUT_MS);
  return init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
}

/** `fetch` that notes whether the server is there at all. */
export async function watchedFetch(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  try {
    const response = await fetch(input, { ...init, signal: deadlineOf(input, init) });
    setLost(!isFromServer(response));
    return response;
  } catch (error) {
    if (!(error instanceof Error && error.name === "AbortError")) setLost(true);
    throw error;
  }
}

// What the browser says of the network is a hint: a server on the same machine answers without one.
window.addEventListener("online", () => void probe());
window.addEventListener("offline", () => void probe());

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True from the first request that no server answered until one does; asks again by itself meanwhile. */
export const useIsLost = (): boolean => useSyncExternalStore(subscribe, isServerLost);
