import { useVirtualizer } from "@tanstack/react-virtual";
import { useSyncExternalStore } from "react";
import type { UsePart } from "./table.tsx";

/** With more rows than this, only the visible ones are rendered. */
const MANY = 150;
const ROW_PX = 56;

/** All rows are printed. */
const print = window.matchMedia("print");

function subscribe(listener: () => void) {
  print.addEventListener("change", listener);
  return () => print.removeEventListener("change", listener);
}

export const useVisibleRows: UsePart = (count, scroller) => {
  const isPrinted = useSyncExternalStore(subscribe, () => print.matches);
  const enabled = count >= MANY && !isPrinted;
  const rows = useVirtualizer<HTMLElement, HTMLTableRowElement>({
    count,
    enabled,
    getScrollElement: scroller,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  if (!enabled) return null;
  const items = rows.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  return {
    from: first?.index ?? 0,
    to: last ? last.index + 1 : 0,
    above: first?.start ?? 0,
    below: rows.getTotalSize() - (last?.end ?? 0),
    measure: rows.measureElement,
  };
};
