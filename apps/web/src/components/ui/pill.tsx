import { Bell, CircleAlert, CircleCheck, CircleMinus, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const TONES = {
  good: { classes: "text-good", Icon: CircleCheck },
  warn: { classes: "text-warn", Icon: TriangleAlert },
  bad: { classes: "text-bad", Icon: CircleAlert },
  quiet: { classes: "text-muted", Icon: CircleMinus },
  info: { classes: "text-accent", Icon: Bell },
};

export type PillTone = keyof typeof TONES;

/** A status with an icon, so that it does not depend on colour alone. */
export function Pill({ tone, children }: { tone: PillTone; children: ReactNode }) {
  const { classes, Icon } = TONES[tone];
  return (
    <span className={`inline-flex items-center gap-1 text-table ${classes}`}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {children}
    </span>
  );
}
