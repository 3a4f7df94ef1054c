/** Of a tab for the sign-in provider, which the page that opened it can neither see nor be seen by after it has left this site. */
const CHANNEL = "orwatch.provider";

/**
 * Opens a tab before its URL is known, because browsers block tabs that are not opened by the click itself. `null` if it was blocked.
 */
export function openTab(): { goTo(url: string): void; close(): void } | null {
  const tab = window.open("", "_blank");
  return tab && { goTo: (url) => tab.location.replace(url), close: () => tab.close() };
}

/** Calls `onDone` when a tab comes back from the provider. Returns a function that stops this. */
export function watchTab(onDone: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = () => onDone();
  return () => channel.close();
}

/** Tells the other pages of this browser that this tab has come back, and closes it if the browser permits. */
export function reportBack(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("done");
  channel.close();
  window.close();
}
