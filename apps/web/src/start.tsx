import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { makeRouter } from "./app/router.tsx";
import { i18n, loadTexts, watchLanguage } from "./lib/i18n/catalogs.ts";

/**
 * The first formatter of each kind loads the data of the language, 30 ms on a phone: here while files and data arrive, and in a task each, so that the
 * browser stays responsive.
 */
function prepareFormatters() {
  const { language } = i18n.getState();
  setTimeout(() => new Intl.NumberFormat(language).format(1));
  setTimeout(() => new Intl.DateTimeFormat(language).format());
  setTimeout(() => new Intl.PluralRules(language).select(1));
}

export { makeRouter };

/** Replaces the content of index.html with the page as soon as its data is there. */
export async function start(router: ReturnType<typeof makeRouter>): Promise<void> {
  watchLanguage();
  const loading = Promise.all([loadTexts(), router.load()]);
  prepareFormatters();
  await loading;
  // As a transition, it is rendered in small steps, and the browser stays responsive.
  startTransition(() =>
    createRoot(document.getElementById("root")!).render(
      <StrictMode>
        <RouterProvider router={router} />
      </StrictMode>,
    ),
  );
}
