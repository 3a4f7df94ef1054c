import { createFileRoute } from "@tanstack/react-router";
import { ConfirmEmailPage } from "../features/auth/confirm-email-page.tsx";
import { loadTexts } from "../lib/i18n/catalogs.ts";

export const Route = createFileRoute("/confirm-email")({
  loader: () => loadTexts("account", "access"),
  component: ConfirmEmailPage,
});
