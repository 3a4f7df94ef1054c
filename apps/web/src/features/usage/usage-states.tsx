import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import { buttonLook } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { MANAGEMENT_KEYS_URL } from "../../lib/links.ts";
import { text } from "../../lib/text/usage.ts";

const words = text.dashboard;

export function CountersOnly({ hasManagementKey }: { hasManagementKey: boolean }) {
  return (
    <Notice
      tone="info"
      title={words.countersTitle}
      action={
        !hasManagementKey && (
          <Link to="/keys" search={{ add: true }} className={buttonLook()}>
            {words.countersAction}
          </Link>
        )
      }
    >
      {hasManagementKey ? words.countersPending : words.countersBody} {!hasManagementKey && <ManagementLink />}
    </Notice>
  );
}

/** Where OpenRouter makes management keys; opens beside orwatch. */
export function ManagementLink() {
  return (
    <a href={MANAGEMENT_KEYS_URL} target="_blank" rel="noreferrer" className="font-medium text-accent underline">
      {text.firstRun.managementLink}
      <ExternalLink aria-hidden className="ml-1 inline size-3.5 align-[-2px]" />
    </a>
  );
}
