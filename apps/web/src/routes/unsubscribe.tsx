import { createFileRoute } from "@tanstack/react-router";
import { UnsubscribePage } from "../features/auth/unsubscribe-page.tsx";
import { loadTexts } from "../lib/i18n/catalogs.ts";

export const Route = createFileRoute("/unsubscribe")({
  loader: () => loadTexts("unsubscribe"),
  component: UnsubscribePage,
});
