import { useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";

/** The width of an element, and the scale of its text: browsers have a setting for larger text. */
export function useSize() {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, scale: 1 });
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const measure = () =>
      setSize({
        width: box.clientWidth,
        scale: Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16,
      });
    measure();
    const observer = new ResizeObserver(measure);
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
