import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { AccountFrame, textLink } from "../../components/account-frame.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

type State = "asked" | "busy" | "done" | "dead" | "failed";

/** Unsubscribes by a button. Opening the page changes nothing. Mail programs send the request directly. */
async function stop(): Promise<State> {
  const answer = await fetch(`/unsubscribe${window.location.search}`, {
    method: "POST",
    body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    credentials: "omit",
  }).catch(() => null);
  if (answer?.ok) return "done";
  return answer?.status === 404 ? "dead" : "failed";
}

export function UnsubscribePage() {
  const t = useTexts("unsubscribe");
  const [state, setState] = useState<State>("asked");
  const isOver = state === "done" || state === "dead";
  async function submit() {
    setState("busy");
    setState(await stop());
  }
  return (
    <AccountFrame title={t.unsubscribe.title} lead={t.unsubscribe.lead}>
      {isOver && (
        <Notice tone={state === "done" ? "info" : "warn"} role="status">
          {t.unsubscribe[state]}
        </Notice>
      )}
      {state === "failed" && (
        <Notice tone="bad" role="alert">
          {t.unsubscribe.failed}
        </Notice>
      )}
      {!isOver && (
        <Button variant="primary" busy={state === "busy"} onClick={submit}>
          {t.unsubscribe.submit}
        </Button>
      )}
      <p>
        <Link to="/alerts" search={{ part: "channels" }} className={textLink}>
          {t.unsubscribe.toApp}
        </Link>
      </p>
    </AccountFrame>
  );
}
