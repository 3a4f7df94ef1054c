import { startTransition, useEffect, useRef, useState, useSyncExternalStore } from "react";

/** The width of an element, and the scale of its text: browsers have a setting for larger text. */
export function useSize() {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, scale: 1 });
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    // Called once at the start too, after the browser's layout: reading the width earlier would force one.
    const observer = new ResizeObserver(() => {
      const width = box.clientWidth;
      const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
      startTransition(() => setSize({ width, scale }));
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return { element, ...size };
}

const narrow = window.matchMedia("(max-width: 48rem)");

function subscribe(listener: () => void) {
  narrow.addEventListener("change", listener);
  return () => narrow.removeEventListener("change", listener);
}

/** On phones, a table row has little more space than for a name and a number. */
export const useIsNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches);
