import { useSyncExternalStore } from "react";
import { KeyCards } from "./key-cards.tsx";
import type { KeyListProps } from "./key-cells.tsx";
import { KeyTable } from "./key-table.tsx";

const wide = window.matchMedia("(min-width: 80rem)");

function subscribe(listener: () => void) {
  wide.addEventListener("change", listener);
  return () => wide.removeEventListener("change", listener);
}

/** A table where there is room for its columns, cards where there is not. */
export function KeyList(props: KeyListProps) {
  const isWide = useSyncExternalStore(subscribe, () => wide.matches);
  return isWide ? <KeyTable {...props} /> : <KeyCards {...props} />;
}
