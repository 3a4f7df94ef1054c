import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The page under the dialog is the entry before: the dialog was opened there. */
    isOpenedHere?: true;
  }
}

/** State of a link that opens a dialog of the page it stands on. */
export const OPENED_HERE = { isOpenedHere: true } as const;

/**
 * Closes a dialog that an address opens: the entry of the dialog goes, so that the way back leads on from the page. `shut` makes it the
 * entry of the page, where the dialog was led to from another page.
 */
export function useShutDialog(isOpen: boolean, shut: () => void): () => void {
  const router = useRouter();
  const isShut = useRef(false);
  useEffect(() => {
    if (isOpen) isShut.current = false;
  }, [isOpen]);
  return () => {
    // Once only: the way back takes a moment, and a response may come when all is closed.
    if (!isOpen || isShut.current) return;
    isShut.current = true;
    if (router.history.location.state.isOpenedHere) router.history.back();
    else shut();
  };
}
