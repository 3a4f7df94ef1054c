import { ExternalLink } from "lucide-react";

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
