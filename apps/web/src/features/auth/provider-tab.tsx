import { ExternalLink } from "lucide-react";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { isFromApi, messageOf } from "../../lib/api/errors.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { useProviderTab } from "./use-provider-tab.ts";

interface ProviderTabProps {
  name: string;
  purpose: "login" | "confirm";
  onDone: () => void;
}

/** A button that continues at the sign-in provider in a new tab, and what has become of it. */
export function ProviderTab({ name, purpose, onDone }: ProviderTabProps) {
  const t = useTexts("access");
  const { state, open } = useProviderTab(purpose, onDone);
  return (
    <div className="flex flex-col gap-3">
      {state.kind === "failed" && (
        <Notice tone="bad" role="alert">
          {isFromApi(state.error) ? messageOf(state.error) : (state.error as Error).message}
        </Notice>
      )}
      <div role="status">{state.kind === "waiting" && <Notice tone="info">{t.access.provider.waiting}</Notice>}</div>
      <div>
        <Button data-autofocus variant="primary" onClick={open}>
          <ExternalLink aria-hidden className="size-4" />
          {t.access.provider.open({ name })}
        </Button>
      </div>
    </div>
  );
}
