import { useSyncExternalStore } from "react";
import { takeFirst } from "./first-request.ts";

const PROBE_MS = 4000;
const listeners = new Set<() => void>();

let isLost = false;
let timer: ReturnType<typeof setTimeout> | undefined;

function setLost(lost: boolean) {
  if (lost && !timer) timer = setTimeout(probe, PROBE_MS);
  if (isLost === lost) return;
  isLost = lost;
  for (const listener of listeners) listener();
}

/** A proxy that speaks for a server which is down says so itself, and not in JSON. */
const isFromServer = (response: Response): boolean =>
  ![502, 503, 504].includes(response.status) || /json/.test(response.headers.get("content-type") ?? "");

async function probe() {
  clearTimeout(timer);
  timer = undefined;
  try {
    await watchedFetch("/health", { cache: "no-store" });
  } catch {
    // watchedFetch has noted it.
  }
}

/** `fetch` that notes whether the server is there at all. */
export async function watchedFetch(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  try {
    const response = await (takeFirst(input) ?? fetch(input, init));
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

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True from the first request that no server answered until one does; asks again by itself meanwhile. */
export const useIsLost = (): boolean => useSyncExternalStore(subscribe, () => isLost);
