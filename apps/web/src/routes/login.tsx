import { createFileRoute } from "@tanstack/react-router";
import { LoginPage } from "../features/auth/login-page.tsx";
import { readSettings } from "../lib/api/auth-api.ts";
import { errorSearch, redirectSearch } from "../lib/api/guard.ts";
import { loadTexts } from "../lib/i18n/catalogs.ts";
import { loadMessages } from "../lib/i18n/i18n.ts";

export const Route = createFileRoute("/login")({
  validateSearch: (search) => ({ ...redirectSearch(search), ...errorSearch(search) }),
  loader: async ({ location }) => {
    const { error } = errorSearch(location.search as Record<string, unknown>);
    const [settings] = await Promise.all([readSettings(), loadTexts("account"), error ? loadMessages() : null]);
    return settings;
  },
  component: Login,
});

function Login() {
  const { redirect, error: code, ...params } = Route.useSearch();
  return <LoginPage redirect={redirect} error={code ? { code, params } : null} settings={Route.useLoaderData()} />;
}
