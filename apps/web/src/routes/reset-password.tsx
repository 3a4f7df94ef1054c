import { createFileRoute } from "@tanstack/react-router";
import { ResetPasswordPage } from "../features/auth/reset-password-page.tsx";
import { loadTexts } from "../lib/i18n/catalogs.ts";

export const Route = createFileRoute("/reset-password")({
  loader: () => loadTexts("account", "access"),
  component: ResetPasswordPage,
});
