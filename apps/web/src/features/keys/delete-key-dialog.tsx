import { useWhileOpen } from "../../components/forms/form-modal.tsx";
import { Modal } from "../../components/overlays/dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { codeOf, messageOf } from "../../lib/api/errors.ts";
import { useKeysChanged } from "../../lib/api/keys.ts";
import { type DeletionImpact, type Key, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";

export function DeleteKeyDialog({ watched, onClose }: { watched: Key; onClose: () => void }) {
  const t = useTexts("keys");
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
    onSuccess: () => finish(t.keys.done.deleted({ name })),
    // Already deleted, which is the intended result.
    onError: (error) => void (codeOf(error) === "NOT_FOUND" && finish(t.keys.gone.remove({ name }))),
  });
  const isGone = codeOf(impact.error) === "NOT_FOUND";

  return (
    <Modal
      isAlert
      title={t.keys.deletion.title({ name })}
      lead={
        <>
          <p>{t.keys.deletion.body}</p>
          {watched.kind === "management" && <p className="mt-2">{t.keys.deletion.managementBody}</p>}
          {watched.is_active && <p className="mt-2">{t.keys.deletion.instead}</p>}
        </>
      }
      onClose={onClose}
    >
      <div role="status" className="min-h-19 rounded-panel bg-sunken p-3 text-table">
        {impact.data && <WhatGoes impact={impact.data} />}
        {impact.error && <p>{isGone ? t.keys.gone.remove({ name }) : t.keys.deletion.unknown}</p>}
      </div>
      {remove.error && codeOf(remove.error) !== "NOT_FOUND" && (
        <Notice tone="bad" role="alert">
          {messageOf(remove.error)}
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button data-autofocus onClick={() => (isGone ? void finish(t.keys.gone.remove({ name })) : onClose())}>
          {isGone ? t.common.close : t.common.cancel}
        </Button>
        {!isGone && (
          <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate({ id })}>
            {impact.data && impact.data.usage_rows > 0
              ? t.keys.deletion.submitRows({ rows: impact.data.usage_rows })
              : t.keys.deletion.submit}
          </Button>
        )}
      </div>
    </Modal>
  );
}

function WhatGoes({ impact }: { impact: DeletionImpact }) {
  const t = useTexts("keys");
  const format = useFormat();
  const { usage_rows, usage_days, cost, first_day, last_day, covered_keys } = impact;
  const usage = { cost: format.money(cost), rows: usage_rows };
  return (
    <>
      <p className="font-medium">{t.keys.deletion.goes}</p>
      {first_day === null || last_day === null ? (
        <p>{t.keys.deletion.noUsage}</p>
      ) : (
        <p>
          {first_day === last_day
            ? t.keys.deletion.usageDay({ ...usage, day: format.day(first_day) })
            : t.keys.deletion.usageDays({
                ...usage,
                days: usage_days,
                from: format.day(first_day),
                through: format.day(last_day),
              })}
        </p>
      )}
      {covered_keys > 0 && <p>{t.keys.deletion.covered({ count: covered_keys })}</p>}
    </>
  );
}
