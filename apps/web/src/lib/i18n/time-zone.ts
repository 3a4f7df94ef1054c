import { useSyncExternalStore } from "react";

const STORAGE_KEY = "orwatch.time-zone";
const listeners = new Set<() => void>();

let found: string | undefined;

/** The time zone of this browser. Read when needed, because the first call takes 10 ms. */
export function here(): string {
  found ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return found;
}

function readZone(): string {
  try {
    return localStorage.getItem(STORAGE_KEY) === "local" ? here() : "UTC";
  } catch {
    return "UTC";
  }
}

let current = readZone();

/** Time zone: UTC or the browser's. Days are always in UTC. */
export const timeZone = (): string => current;

export function setTimeZone(choice: "UTC" | "local") {
  current = choice === "local" ? here() : "UTC";
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

export const useTimeZone = (): string => useSyncExternalStore(subscribe, timeZone, timeZone);
