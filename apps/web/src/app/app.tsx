import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { loadMessages } from "../lib/i18n/i18n.ts";
import { router } from "./router.tsx";

/** Puts the page in its place once it has all it needs: until then what the server has sent stands there, and nothing is drawn twice. */
export async function mount(root: HTMLElement) {
  await router.load();
  // The log-in needs them once something fails.
  void loadMessages();
  // As a transition it is drawn in small pieces, and the browser answers in between.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <RouterProvider router={router} />
      </StrictMode>,
    ),
  );
}
