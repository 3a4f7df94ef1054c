import { useSyncExternalStore } from "react";

const narrow = window.matchMedia("(max-width: 48rem)");

function subscribe(listener: () => void) {
  narrow.addEventListener("change", listener);
  return () => narrow.removeEventListener("change", listener);
}

/** On phones, a table row has little more space than for a name and a number. */
export const useIsNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches);
