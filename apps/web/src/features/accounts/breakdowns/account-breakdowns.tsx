import { toDay } from "@orwatch/domain/day";
import { keepPreviousData } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { ErrorNotice } from "../../../components/error-notice.tsx";
import { RangePicker } from "../../../components/filters/range-picker.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { Permitted } from "../../../components/ui/permitted.tsx";
import { SegmentLinks } from "../../../components/ui/segmented.tsx";
import { useNow } from "../../../components/ui/values.tsx";
import { type Account, type Breakdown, trpc } from "../../../lib/api/trpc.ts";
import { useFormat, useSay, useTexts } from "../../../lib/i18n/i18n.ts";
import type { AccountsSearch } from "../../../lib/search/accounts-search.ts";
import { rangeOf } from "../../../lib/search/stats-search.ts";
import { BreakdownTable } from "./breakdown-table.tsx";
import { CollectionDialog } from "./collection-dialog.tsx";
import { dimensionOf, dimensionsOf, type ShownDimension } from "./dimensions.ts";
import { isSplit, NoBreakdown } from "./no-breakdown.tsx";
import { SpeedTable } from "./speed-table.tsx";

/** The most expensive values, and on request as many as the server returns. The table sums the others. */
const FIRST_VALUES = 200;
const MAX_VALUES = 10_000;

/** Usage of the account by app, member, workspace and more, and what of it is collected. */
export function AccountBreakdowns({ account, search }: { account: Account; search: AccountsSearch }) {
  const { breakdowns: t } = useTexts("breakdowns");
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const dimension = dimensionOf(account, search.dimension);
  const error = account.breakdown_state.last_error_message;
  const openCollection = (
    <Permitted to="manageKeys">
      <Button onClick={() => setOpen(true)}>
        <SlidersHorizontal aria-hidden className="size-4" />
        {t.collection.open}
      </Button>
    </Permitted>
  );

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <SegmentLinks
          label={t.label}
          segments={dimensionsOf(account).map((one) => ({
            id: one,
            label: t.dimensions[one],
            to: ".",
            search: { ...search, dimension: one },
            isChosen: one === dimension,
          }))}
        />
        <RangePicker search={search} />
      </div>
      {error && (
        <Notice tone="warn" title={t.failed}>
          <p>
            {say(error)} {t.failedBody}
          </p>
        </Notice>
      )}
      <Usage key={dimension} account={account} dimension={dimension} search={search} />
      <div>{openCollection}</div>
      {isOpen && <CollectionDialog account={account} onClose={() => setOpen(false)} />}
    </div>
  );
}

const valuesOf = ({ items, others }: Breakdown): number =>
  items.filter(({ value }) => value !== null).length + (others?.values ?? 0);

interface UsageProps {
  account: Account;
  dimension: ShownDimension;
  search: AccountsSearch;
}

/** Keeps the last range while another one loads, but not another dimension. */
function Usage({ account, dimension, search }: UsageProps) {
  const t = useTexts("breakdowns");
  const format = useFormat();
  const range = rangeOf(search, toDay(useNow()));
  const [isLong, setLong] = useState(false);
  const usage = trpc.breakdowns.get.useQuery(
    { account_id: account.id, dimension, ...range, limit: isLong ? MAX_VALUES : FIRST_VALUES },
    { placeholderData: keepPreviousData },
  );
  const breakdown = usage.data;
  return (
    <div className="flex flex-col gap-3" aria-busy={usage.isPlaceholderData || undefined}>
      {usage.error && <ErrorNotice error={usage.error} onRetry={() => void usage.refetch()} />}
      {usage.isPending && <div role="status" aria-label={t.common.loading} className="skeleton h-96" />}
      {breakdown && !isSplit(breakdown) && (
        <NoBreakdown account={account} dimension={dimension} breakdown={breakdown} />
      )}
      {breakdown && isSplit(breakdown) && (
        <>
          <BreakdownTable breakdown={breakdown} dimension={dimension} from={range.start_date} />
          {(isLong || breakdown.others) && (
            <div>
              <Button onClick={() => setLong(!isLong)}>
                {isLong ? t.breakdowns.showFewer : t.breakdowns.showAll({ count: valuesOf(breakdown) })}
              </Button>
            </div>
          )}
          {dimension === "provider" && <SpeedTable account={account} range={range} />}
          {breakdown.since && (
            <p className="text-caption text-muted">{t.breakdowns.since({ since: format.day(breakdown.since) })}</p>
          )}
        </>
      )}
      <p role="status" className="sr-only">
        {usage.isPlaceholderData ? t.common.updating : ""}
      </p>
    </div>
  );
}
