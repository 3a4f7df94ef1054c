import { createFileRoute } from "@tanstack/react-router";
import { LoginPage } from "../features/auth/login-page.tsx";
import { redirectSearch } from "../lib/api/guard.ts";
import { loadTexts } from "../lib/i18n/catalogs.ts";

export const Route = createFileRoute("/login")({
  validateSearch: redirectSearch,
  loader: () => loadTexts("account"),
  component: Login,
});

function Login() {
  return <LoginPage redirect={Route.useSearch().redirect} />;
}
