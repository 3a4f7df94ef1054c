import { useSyncExternalStore } from "react";

const STORAGE_KEY = "orwatch.time-zone";
const listeners = new Set<() => void>();

export const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

function readZone(): string {
  try {
    return localStorage.getItem(STORAGE_KEY) === "local" ? HERE : "UTC";
  } catch {
    return "UTC";
  }
}

let current = readZone();

/** Time zone of instants: UTC, or the browser's own. Days are UTC whatever it is. */
export const timeZone = (): string => current;

export function setTimeZone(choice: "UTC" | "local") {
  current = choice === "local" ? HERE : "UTC";
  try {
    localStorage.setItem(STORAGE_KEY, choice);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTimeZone = (): string => useSyncExternalStore(subscribe, timeZone);
