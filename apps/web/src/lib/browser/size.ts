import { useLayoutEffect, useRef, useState } from "react";

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
