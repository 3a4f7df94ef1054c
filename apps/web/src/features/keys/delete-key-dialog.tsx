import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Modal } from "../../components/ui/dialog.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { useWhileOpen } from "../../components/use-while-open.ts";
import { codeOf, messageOf } from "../../lib/errors.ts";
import { formatCountExact, formatDay, formatMoney } from "../../lib/format.ts";
import { text } from "../../lib/text/keys.ts";
import { type DeletionImpact, type Key, trpc } from "../../lib/trpc.ts";
import { useKeysChanged } from "./use-keys-changed.ts";

const words = text.keyDelete;

export function DeleteKeyDialog({ watched, onClose }: { watched: Key; onClose: () => void }) {
  const close = useWhileOpen(onClose);
  const { id, name } = watched;
  const announce = useAnnounce();
  const changed = useKeysChanged();
  const impact = trpc.keys.deletionImpact.useQuery({ id }, { staleTime: 0, retry: false });
  async function finish(said: string) {
    announce(said);
    await changed();
    close();
  }
  const remove = trpc.keys.delete.useMutation({
    onSuccess: () => finish(text.keys.said.deleted(name)),
    // What was wanted is so already.
    onError: (error) => void (codeOf(error) === "NOT_FOUND" && finish(text.keyGone.delete(name))),
  });
  const isGone = codeOf(impact.error) === "NOT_FOUND";

  return (
    <Modal
      isAlert
      title={words.title(name)}
      lead={
        <>
          <p>{words.body}</p>
          {watched.kind === "management" && <p className="mt-2">{words.managementBody}</p>}
          {watched.is_active && <p className="mt-2">{words.instead}</p>}
        </>
      }
      onClose={onClose}
    >
      <div role="status" className="min-h-19 rounded-panel bg-sunken p-3 text-table">
        {impact.data && <WhatGoes impact={impact.data} />}
        {impact.error && <p>{isGone ? text.keyGone.delete(name) : words.unknown}</p>}
      </div>
      {remove.error && codeOf(remove.error) !== "NOT_FOUND" && (
        <Notice tone="bad" role="alert">
          {messageOf(remove.error)}
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button data-autofocus onClick={() => (isGone ? void finish(text.keyGone.delete(name)) : onClose())}>
          {isGone ? text.values.close : text.values.cancel}
        </Button>
        {!isGone && (
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate({ id })}>
            {impact.data && impact.data.usage_rows > 0
              ? words.submitRows(formatCountExact(impact.data.usage_rows), impact.data.usage_rows === 1)
              : words.submit}
          </Button>
        )}
      </div>
    </Modal>
  );
}

function WhatGoes({ impact }: { impact: DeletionImpact }) {
  const now = useNow();
  const { usage_rows, usage_days, cost, first_day, last_day, covered_keys } = impact;
  return (
    <>
      <p className="font-medium">{words.goes}</p>
      {first_day === null || last_day === null ? (
        <p>{words.noUsage}</p>
      ) : (
        <p>
          {words.usage({
            days: formatCountExact(usage_days),
            isOneDay: usage_days === 1,
            rows: formatCountExact(usage_rows),
            isOneRow: usage_rows === 1,
            cost: formatMoney(cost),
            from: formatDay(first_day, now),
            through: formatDay(last_day, now),
          })}
        </p>
      )}
      {covered_keys > 0 && <p>{words.covered(covered_keys)}</p>}
    </>
  );
}
