import { createFileRoute } from "@tanstack/react-router";
import { ReturnedPage } from "../features/auth/returned-page.tsx";
import { errorSearch } from "../lib/api/guard.ts";
import { loadTexts } from "../lib/i18n/catalogs.ts";
import { loadMessages } from "../lib/i18n/i18n.ts";

export const Route = createFileRoute("/returned")({
  validateSearch: errorSearch,
  loader: () => Promise.all([loadTexts("account", "access"), loadMessages()]),
  component: Returned,
});

function Returned() {
  return <ReturnedPage error={Route.useSearch().error} />;
}
