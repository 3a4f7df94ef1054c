import { createFileRoute } from "@tanstack/react-router";
import { ForgotPasswordPage } from "../features/auth/forgot-password-page.tsx";
import { loadTexts } from "../lib/i18n/catalogs.ts";

export const Route = createFileRoute("/forgot-password")({
  loader: () => loadTexts("account", "access"),
  component: ForgotPasswordPage,
});
