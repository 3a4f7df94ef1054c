import { createFileRoute } from "@tanstack/react-router";
import { RegisterPage } from "../features/account/register-page.tsx";
import { loadTexts } from "../lib/catalogs.ts";
import { redirectSearch } from "../lib/guard.ts";

export const Route = createFileRoute("/register")({
  validateSearch: redirectSearch,
  loader: () => loadTexts("account"),
  component: Register,
});

function Register() {
  return <RegisterPage redirect={Route.useSearch().redirect} />;
}
