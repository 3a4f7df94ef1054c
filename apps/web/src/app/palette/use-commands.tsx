import { useRouter } from "@tanstack/react-router";
import { type ComponentType, type ReactNode, useCallback, useEffect, useState } from "react";
import { areShortcutsOn, RANGE_KEYS } from "../../lib/browser/shortcuts.ts";
import { loadTexts } from "../../lib/i18n/catalogs.ts";
import { rangeTarget } from "./lookup.ts";
import type { PanelName, PanelProps } from "./palette-commands.ts";

/** Loaded once the page is idle, so that they open immediately and also while the server is unreachable. */
const PANELS: Record<PanelName, () => Promise<ComponentType<PanelProps>>> = {
  palette: () => Promise.all([import("./palette.tsx"), loadTexts("palette", "usage")]).then(([{ Palette }]) => Palette),
  shortcuts: () =>
    Promise.all([import("./shortcut-list.tsx"), loadTexts("palette")]).then(([{ ShortcutList }]) => ShortcutList),
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input:not([type='radio'], [type='checkbox']), textarea, select"));

/** An open dialog blocks shortcuts, a popover does not. */
const isCovered = (): boolean =>
  document.querySelector("[role='dialog']:not([data-radix-popper-content-wrapper] > *), [role='alertdialog']") !== null;

/** Loads both panels when the browser is idle. A failure is reported when one is opened. */
function usePanelsPrefetched() {
  useEffect(() => {
    const prefetch = () => {
      for (const load of Object.values(PANELS)) load().catch(() => {});
    };
    // Safari has no requestIdleCallback.
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(prefetch, 2000);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(prefetch, { timeout: 5000 });
    return () => cancelIdleCallback(handle);
  }, []);
}

/** Listens for the shortcuts of the app. Render `shown` at the end of the page. */
export function useCommands(): { open: () => void; shown: ReactNode } {
  const router = useRouter();
  const [panel, setPanel] = useState<{ Panel: ComponentType<PanelProps> } | null>(null);
  usePanelsPrefetched();
  // If its file cannot be loaded, the banner says that the server is unreachable.
  const show = useCallback((name: PanelName) => {
    PANELS[name]().then(
      (Panel) => setPanel({ Panel }),
      () => {},
    );
  }, []);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.repeat || isCovered()) return;
      const key = event.key.toLowerCase();
      if (key === "k" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        return show("palette");
      }
      if (event.metaKey || event.ctrlKey || event.altKey || !areShortcutsOn() || isTyping(event.target)) return;
      if (key === "?") return show("shortcuts");
      const days = Object.entries(RANGE_KEYS).find(([letter]) => letter.toLowerCase() === key)?.[1];
      const target = days && rangeTarget({ location: router.state.location, days });
      if (target?.isHere) void router.navigate(target.to);
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [router, show]);

  return {
    open: () => show("palette"),
    shown: panel && <panel.Panel onClose={() => setPanel(null)} onOpen={show} />,
  };
}
