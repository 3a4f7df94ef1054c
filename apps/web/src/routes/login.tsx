import { createFileRoute } from "@tanstack/react-router";
import { LoginPage } from "../features/account/login-page.tsx";
import { loadTexts } from "../lib/catalogs.ts";
import { redirectSearch } from "../lib/guard.ts";

export const Route = createFileRoute("/login")({
  validateSearch: redirectSearch,
  loader: () => loadTexts("account"),
  component: Login,
});

function Login() {
  return <LoginPage redirect={Route.useSearch().redirect} />;
}
