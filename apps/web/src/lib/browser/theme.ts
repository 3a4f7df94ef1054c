import { useSyncExternalStore } from "react";

export const THEMES = ["light", "dark", "system"] as const;
type Theme = (typeof THEMES)[number];

/** Also read by public/theme.js before the first paint. */
const STORAGE_KEY = "orwatch.theme";
const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function readTheme(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(STORAGE_KEY)) ?? "system";
  } catch {
    return "system";
  }
}

let current = readTheme();

function applyTheme() {
  const isDark = current === "dark" || (current === "system" && systemDark.matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
}

export function setTheme(theme: Theme) {
  current = theme;
  try {
    localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
  applyTheme();
  for (const listener of listeners) listener();
}

systemDark.addEventListener("change", applyTheme);

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, () => current);
