import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { router } from "./app/router.tsx";
import { loadTexts, watchLanguage } from "./lib/i18n/catalogs.ts";
import "./styles.css";

/** A page that loads longer than this shows a skeleton first. */
const PATIENCE_MS = 300;

watchLanguage();
const isLate = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
await Promise.all([loadTexts(), Promise.race([router.load(), isLate])]);
// As a transition, it is rendered in small steps, and the browser stays responsive.
startTransition(() =>
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <RouterProvider router={router} />
    </StrictMode>,
  ),
);
