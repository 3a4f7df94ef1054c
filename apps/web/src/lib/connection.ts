import { useSyncExternalStore } from "react";
import { takeFirst } from "./first-request.ts";
import { isFromServer, isServerLost, probe, setLost, subscribe } from "./server-there.ts";

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

/** True from the first request that no server answered until one does; asks again by itself meanwhile. */
export const useIsLost = (): boolean => useSyncExternalStore(subscribe, isServerLost);
