import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { router } from "./app/router.tsx";
import { i18n, loadTexts, watchLanguage } from "./lib/i18n/catalogs.ts";
import "./styles.css";

/** A page that loads longer than this shows a skeleton first. */
const PATIENCE_MS = 300;

watchLanguage();
const isLate = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
const loading = Promise.all([loadTexts(), Promise.race([router.load(), isLate])]);
// The first formatter of each kind loads the data of the language, 30 ms on a phone: here while files and data arrive.
setTimeout(() => {
  const { language } = i18n.getState();
  new Intl.NumberFormat(language).format(1);
  new Intl.DateTimeFormat(language).format();
  new Intl.PluralRules(language).select(1);
});
await loading;
// As a transition, it is rendered in small steps, and the browser stays responsive.
startTransition(() =>
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <RouterProvider router={router} />
    </StrictMode>,
  ),
);
