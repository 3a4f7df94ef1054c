import { useSyncExternalStore } from "react";

const STORAGE_KEY = "orwatch.shortcuts";
const listeners = new Set<() => void>();

function readChoice(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== "off";
  } catch {
    return true;
  }
}

let isOn = readChoice();

/** Whether single-key shortcuts are on. Users must be able to turn them off (WCAG 2.1.4). */
export const areShortcutsOn = (): boolean => isOn;

export function setShortcuts(choice: "on" | "off") {
  isOn = choice === "on";
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

export const useShortcuts = (): boolean => useSyncExternalStore(subscribe, areShortcutsOn);

/** Days of the range that a shortcut selects, by key. */
export const RANGE_KEYS = { W: 7, M: 30, Q: 90, Y: 365 } as const;

/** `⌘` or `Ctrl`, depending on the platform. */
export const COMMAND = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
