import { createFileRoute } from "@tanstack/react-router";
import { UnsubscribePage } from "../features/account/unsubscribe-page.tsx";
import { loadTexts } from "../lib/i18n/catalogs.ts";

export const Route = createFileRoute("/unsubscribe")({
  loader: () => loadTexts("unsubscribe"),
  component: UnsubscribePage,
});
