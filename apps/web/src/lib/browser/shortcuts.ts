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

/** Whether keys without Ctrl or ⌘ do anything: whoever dictates or bumps keys must be able to stop that (WCAG 2.1.4). */
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

/** Days of the range that a key chooses, by the key as it is printed. */
export const RANGE_KEYS = { W: 7, M: 30, Q: 90, Y: 365 } as const;

/** `⌘` or `Ctrl`, as the keyboard here has it. */
export const COMMAND = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
