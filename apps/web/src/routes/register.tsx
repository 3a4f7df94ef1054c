import { createFileRoute, redirect } from "@tanstack/react-router";
import { RegisterPage } from "../features/auth/register-page.tsx";
import { redirectSearch } from "../lib/api/guard.ts";
import { loadTexts } from "../lib/i18n/catalogs.ts";

export const Route = createFileRoute("/register")({
  validateSearch: redirectSearch,
  // Where one signs up with an invitation.
  beforeLoad: ({ search }) => {
    if (search.redirect === "/invite") throw redirect({ to: "/invite", replace: true });
  },
  loader: () => loadTexts("account"),
  component: Register,
});

function Register() {
  return <RegisterPage redirect={Route.useSearch().redirect} />;
}
