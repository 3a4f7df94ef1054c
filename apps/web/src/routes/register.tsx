import { createFileRoute } from "@tanstack/react-router";
import { RegisterPage } from "../features/auth/register-page.tsx";
import { redirectSearch } from "../lib/api/guard.ts";
import { loadTexts } from "../lib/i18n/catalogs.ts";

export const Route = createFileRoute("/register")({
  validateSearch: redirectSearch,
  loader: () => loadTexts("account"),
  component: Register,
});

function Register() {
  return <RegisterPage redirect={Route.useSearch().redirect} />;
}
