import { useSyncExternalStore } from "react";

const PROBE_MS = 4000;
/** A request times out after this time. */
const QUERY_TIMEOUT_MS = 30_000;
/** Longer than a check of a key at OpenRouter. */
const MUTATION_TIMEOUT_MS = 120_000;
/** No timeout: their response arrives when everything is done. */
const IS_LONG = /\/(.*,)?(sync\.|auth\.exportData)/;

const listeners = new Set<() => void>();
let isLost = false;
let timer: ReturnType<typeof setTimeout> | undefined;

export const isServerLost = (): boolean => isLost;

/** Stores whether the server is reachable. While it is not, it is polled. */
function setLost(lost: boolean): void {
  if (lost && !timer) timer = setTimeout(probe, PROBE_MS);
  if (isLost === lost) return;
  isLost = lost;
  for (const listener of listeners) listener();
}

/** A proxy in front of a server that is down responds itself, and not in JSON. */
const isFromServer = (response: Response): boolean =>
  ![502, 503, 504].includes(response.status) || /json/.test(response.headers.get("content-type") ?? "");

/** Checks whether the server is reachable. */
async function probe(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  try {
    setLost(!isFromServer(await fetch("/health", { cache: "no-store" })));
  } catch {
    setLost(true);
  }
}

/** Ends requests without a response, so that forms and pages do not wait forever. */
function deadlineOf(input: RequestInfo | URL | string, init?: RequestInit): AbortSignal | null {
  if (IS_LONG.test(String(input))) return init?.signal ?? null;
  const deadline = AbortSignal.timeout(init?.method === "POST" ? MUTATION_TIMEOUT_MS : QUERY_TIMEOUT_MS);
  return init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
}

/** `fetch` that also stores whether the server is reachable. */
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

// The browser's network state is only a hint: a server on the same machine works offline.
window.addEventListener("online", () => void probe());
window.addEventListener("offline", () => void probe());

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True from the first request without a response until the server responds again. Polls meanwhile. */
export const useIsLost = (): boolean => useSyncExternalStore(subscribe, isServerLost);
