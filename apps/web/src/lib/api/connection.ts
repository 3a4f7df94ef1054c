import { useSyncExternalStore } from "react";
import { ASK_MS, takeFirst } from "../loading/first-request.ts";
import { isFromServer, isServerLost, probe, setLost, subscribe } from "./server-there.ts";

/** Longer than a key is tried at OpenRouter. */
const DEED_MS = 120_000;
/** As long as they take: their answer comes when all is done. */
const IS_LONG = /\/(.*,)?(sync\.|auth\.exportData)/;

/** A request that is never answered ends, and so does the wait of its form or page. */
function deadlineOf(input: RequestInfo | URL | string, init?: RequestInit): AbortSignal | null {
  if (IS_LONG.test(String(input))) return init?.signal ?? null;
  const deadline = AbortSignal.timeout(init?.method === "POST" ? DEED_MS : ASK_MS);
  return init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
}

/** `fetch` that notes whether the server is there at all. */
export async function watchedFetch(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  try {
    const response = await (takeFirst(input) ?? fetch(input, { ...init, signal: deadlineOf(input, init) }));
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

/** True from the first request that no server answered until one does; asks again by itself meanwhile. */
export const useIsLost = (): boolean => useSyncExternalStore(subscribe, isServerLost);
