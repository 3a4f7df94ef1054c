import { createFileRoute } from "@tanstack/react-router";
import { LoginPage } from "../features/account/login-page.tsx";
import { redirectSearch } from "../lib/guard.ts";

export const Route = createFileRoute("/login")({ validateSearch: redirectSearch, component: Login });

function Login() {
  return <LoginPage redirect={Route.useSearch().redirect} />;
}
