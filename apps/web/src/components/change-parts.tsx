import { Fragment } from "react";
import { parseMoney, sizeOf } from "../lib/format/money.ts";
import { useFormat, useTexts } from "../lib/i18n/i18n.ts";

const PARTS = ["volume", "size", "price", "mix"] as const;

interface ChangePartsProps {
  /** Amounts that sum to a change in cost. */
  parts: Record<(typeof PARTS)[number], string>;
}

/** What a change in cost consists of: parts that are not 0, largest first. */
export function ChangeParts({ parts }: ChangePartsProps) {
  const t = useTexts("usage");
  const format = useFormat();
  const shown = PARTS.map((name) => ({ name, nanos: parseMoney(parts[name]) }))
    .filter(({ nanos }) => nanos !== 0n)
    .sort((a, b) => (sizeOf(a.nanos) < sizeOf(b.nanos) ? 1 : -1));
  return (
    <span title={t.usage.changes.partsHint}>
      {shown.map(({ name, nanos }, index) => (
        <Fragment key={name}>
          {index > 0 && " · "}
          <span className="whitespace-nowrap">
            {t.usage.changes.parts[name]({ amount: format.signedMoney(nanos) })}
          </span>
        </Fragment>
      ))}
    </span>
  );
}
