import { addDays, toDay } from "@orwatch/domain/day";
import { ArrowRight } from "lucide-react";
import { CopyButton } from "../../components/ui/copy-button.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { useNow } from "../../components/ui/values.tsx";
import type { Settings } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { snippetsFor, wholeUnit } from "./snippets.ts";

/** Example commands, the rate limit and links to the documentation. */
export function TokenUse({ settings }: { settings: Settings }) {
  const t = useTexts("tokens");
  const today = toDay(useNow());
  const snippets = snippetsFor({ origin: window.location.origin, from: addDays(today, -29), through: today });
  const { unit, count } = wholeUnit(settings.rate_limit_window_s);

  return (
    <Panel title={t.tokens.usage.title}>
      <div className="grid gap-x-6 gap-y-5 px-4 pb-5 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          <Snippet title={t.tokens.usage.curl} note={t.tokens.usage.curlNote} code={snippets.curl} />
          <Snippet title={t.tokens.usage.csv} note={t.tokens.usage.csvNote} code={snippets.csv} />
        </div>
        <Snippet title={t.tokens.usage.sdk} note={t.tokens.usage.sdkNote} code={snippets.sdk} />
        <section>
          <h3 className="font-medium">{t.tokens.usage.limitTitle}</h3>
          <p className="mt-1">{t.tokens.usage.limit({ requests: settings.rate_limit_requests, unit, count })}</p>
          <p className="mt-1 text-muted">{t.tokens.usage.limitHeaders}</p>
        </section>
        <section>
          <h3 className="font-medium">{t.tokens.usage.docsTitle}</h3>
          <p className="mt-1">
            <a href="/docs" className="inline-flex min-h-6 items-center gap-1 font-medium text-accent underline">
              {t.tokens.usage.docs}
              <ArrowRight aria-hidden className="size-3.5" />
            </a>
          </p>
        </section>
      </div>
    </Panel>
  );
}

function Snippet({ title, note, code }: { title: string; note: string; code: string }) {
  return (
    <section className="min-w-0">
      <div className="flex items-end justify-between gap-3">
        <div>
          <h3 className="font-medium">{title}</h3>
          <p className="text-table text-muted">{note}</p>
        </div>
        <CopyButton value={code} what={title} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="mt-2 overflow-x-auto rounded-control bg-sunken p-3 font-mono text-caption leading-5">
        {code}
      </pre>
    </section>
  );
}
