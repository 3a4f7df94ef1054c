import { useSyncExternalStore } from "react";
import type { Key } from "../../lib/trpc.ts";
import { KeyCards } from "./key-cards.tsx";
import { KeyTable } from "./key-table.tsx";

export interface KeyListProps {
  keys: Key[];
  /** Where the names of management keys are. */
  managers: Key[];
  onEdit: (key: Key) => void;
  onDelete: (key: Key) => void;
}

const wide = window.matchMedia("(min-width: 1280px)");

function subscribe(listener: () => void) {
  wide.addEventListener("change", listener);
  return () => wide.removeEventListener("change", listener);
}

/** A table where there is room for its columns, cards where there is not. */
export function KeyList(props: KeyListProps) {
  const isWide = useSyncExternalStore(subscribe, () => wide.matches);
  return isWide ? <KeyTable {...props} /> : <KeyCards {...props} />;
}
