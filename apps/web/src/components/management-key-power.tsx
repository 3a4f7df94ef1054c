import { ExternalLink } from "lucide-react";
import { useTexts } from "../lib/i18n/i18n.ts";

/** All requests that orwatch sends with a management key. */
const REQUESTS = [
  { request: "GET /api/v1/key, /keys, /keys/{hash}", text: "listKeys" },
  { request: "GET /api/v1/credits", text: "readCredits" },
  { request: "GET /api/v1/activity", text: "readActivity" },
  { request: "GET /api/v1/workspaces", text: "readWorkspaces" },
  { request: "POST /api/v1/analytics/query", text: "query" },
] as const;

/** Explains what a management key can do at OpenRouter, and what orwatch does with it. */
export function ManagementKeyPower() {
  const t = useTexts("connect");
  return (
    <details className="text-table">
      <summary className="cursor-default py-1 text-accent underline">{t.connect.power.summary}</summary>
      <div className="mt-1 rounded-panel bg-sunken p-3">
        <p className="max-w-prose">{t.connect.power.body}</p>
        <ul className="mt-2 flex flex-col gap-1">
          {REQUESTS.map(({ request, text }) => (
            <li key={request}>
              <code className="font-mono text-caption">{request}</code>{" "}
              <span className="text-muted">{t.connect.power[text]}</span>
            </li>
          ))}
        </ul>
        <p className="mt-2">{t.connect.power.never}</p>
      </div>
    </details>
  );
}

/** Link to OpenRouter's page for management keys, in a new tab. */
export function ManagementLink({ children }: { children: string }) {
  return (
    <a
      href="https://openrouter.ai/settings/management-keys"
      target="_blank"
      rel="noreferrer"
      className="font-medium text-accent underline"
    >
      {children}
      <ExternalLink aria-hidden className="ml-1 inline size-3.5 align-[-2px]" />
    </a>
  );
}
