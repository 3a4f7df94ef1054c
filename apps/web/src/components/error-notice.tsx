import { messageOf, requestIdOf } from "../lib/api/errors.ts";
import { useTexts } from "../lib/i18n/i18n.ts";
import { Button } from "./ui/button.tsx";
import { Notice } from "./ui/notice.tsx";

/** Error message with the request ID. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTexts("common");
  const requestId = requestIdOf(error);
  return (
    <Notice
      tone="bad"
      role="alert"
      title={t.common.errors.title}
      action={<Button onClick={onRetry}>{t.common.errors.retry}</Button>}
    >
      <p>{messageOf(error)}</p>
      {requestId && (
        <p className="mt-2 font-mono text-caption text-muted">{t.common.errors.requestId({ id: requestId })}</p>
      )}
    </Notice>
  );
}
