import { useEffect } from "react";

/** Whoever copies one rounded number gets the exact one. */
export function useExactCopy() {
  useEffect(() => {
    function copyExact(event: ClipboardEvent) {
      const selection = document.getSelection();
      const node = selection?.rangeCount ? selection.getRangeAt(0).commonAncestorContainer : null;
      const element = node instanceof Element ? node : node?.parentElement;
      const exact = element?.closest<HTMLElement>("[data-exact]")?.dataset.exact;
      if (!exact || exact === "null" || !event.clipboardData) return;
      event.clipboardData.setData("text/plain", exact);
      event.preventDefault();
    }
    document.addEventListener("copy", copyExact);
    return () => document.removeEventListener("copy", copyExact);
  }, []);
}
