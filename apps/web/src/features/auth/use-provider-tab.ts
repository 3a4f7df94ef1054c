import { useEffect, useState } from "react";
import { authApi } from "../../lib/api/auth-api.ts";
import { openTab, watchTab } from "../../lib/browser/provider-tab.ts";
import { currentTexts } from "../../lib/i18n/i18n.ts";

/** Where tabs for the provider end. */
const END = "/returned";

type State = { kind: "ready" } | { kind: "waiting" } | { kind: "failed"; error: unknown };

/** A visit to the sign-in provider in a new tab, so that what was typed on this page stays. `onDone` is called when the tab has come back. */
export function useProviderTab(purpose: "login" | "confirm", onDone: () => void) {
  const [state, setState] = useState<State>({ kind: "ready" });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `onDone` changes with every rendering
  useEffect(() => watchTab(onDone), []);

  async function open() {
    const tab = openTab();
    if (tab === null) return setState({ kind: "failed", error: new Error(currentTexts().access.provider.blocked) });
    setState({ kind: "waiting" });
    try {
      const { url } = await authApi.beginAtProvider({ purpose, redirect: END });
      tab.goTo(url);
    } catch (error) {
      tab.close();
      setState({ kind: "failed", error });
    }
  }

  return { state, open: () => void open() };
}
