import { useSyncExternalStore } from "react";

const narrow = window.matchMedia("(max-width: 48rem)");

function subscribe(listener: () => void) {
  narrow.addEventListener("change", listener);
  return () => narrow.removeEventListener("change", listener);
}

/** On a phone a row of a table has room for little more than a name and a number. */
export const useIsNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches);
