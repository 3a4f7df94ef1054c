import { Fragment, useEffect, useState } from "react";
import { serverNow } from "../../lib/format/clock.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";

/** Rounded on the screen; the exact value on hover, in copies and in `data-exact`. */
export function Money({ value, className }: { value: string | null; className?: string }) {
  const t = useTexts("common");
  const format = useFormat();
  return (
    <span
      className={className}
      data-exact={value ?? "null"}
      title={value === null ? t.common.unknown : format.exactMoney(value)}
    >
      {format.money(value)}
    </span>
  );
}

export function Count({ value, className }: { value: number | null; className?: string }) {
  const t = useTexts("common");
  const format = useFormat();
  return (
    <span
      className={className}
      data-exact={value ?? "null"}
      title={value === null ? t.common.unknown : format.number(value)}
    >
      {format.count(value)}
    </span>
  );
}

/** The current time by the server's clock, updated every half minute. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date(serverNow()));
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date(serverNow())), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function Ago({ instant }: { instant: string | null }) {
  const t = useTexts("common");
  const format = useFormat();
  useNow();
  if (!instant) return <span>{t.common.never}</span>;
  return (
    <time dateTime={instant} title={format.instant(instant)}>
      {format.ago(instant)}
    </time>
  );
}

/** A name such as `vendor/model` that breaks after its slashes first. */
export const Slashed = ({ name }: { name: string }) =>
  name.split("/").map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no other identity and never move
    <Fragment key={index}>
      {index > 0 && (
        <>
          /<wbr />
        </>
      )}
      {part}
    </Fragment>
  ));

/** Copying a single rounded number copies its exact value. */
export function useExactCopy() {
  useEffect(() => {
    function copyExact(event: ClipboardEvent) {
      const selection = document.getSelection();
      const node = selection?.rangeCount ? selection.getRangeAt(0).commonAncestorContainer : null;
      const element = node instanceof Element ? node : node?.parentElement;
      const exact = element?.closest<HTMLElement>("[data-exact]")?.dataset.exact;
      if (!exact || exact === "null" || !event.clipboardData) return;
      event.clipboardData.setData("text/plain", exact);
      event.preventDefault();
    }
    document.addEventListener("copy", copyExact);
    return () => document.removeEventListener("copy", copyExact);
  }, []);
}
