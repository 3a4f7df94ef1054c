import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The previous history entry is the page under the dialog. */
    isOpenedHere?: true;
  }
}

/** History state of a link that opens a dialog on its own page. */
export const OPENED_HERE = { isOpenedHere: true } as const;

/**
 * Closes a dialog that is opened by a URL and removes its history entry. `shut` replaces it with the
 * entry of the page, if the dialog was opened from another page.
 */
export function useShutDialog(isOpen: boolean, shut: () => void): () => void {
  const router = useRouter();
  const isShut = useRef(false);
  useEffect(() => {
    if (isOpen) isShut.current = false;
  }, [isOpen]);
  return () => {
    // Only once: going back takes a moment, and a response may arrive after closing.
    if (!isOpen || isShut.current) return;
    isShut.current = true;
    if (router.history.location.state.isOpenedHere) router.history.back();
    else shut();
  };
}
