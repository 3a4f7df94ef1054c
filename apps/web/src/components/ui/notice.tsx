import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const TONES = {
  info: { classes: "bg-accent-soft", ink: "text-accent", Icon: Info },
  good: { classes: "bg-good-soft", ink: "text-good", Icon: CircleCheck },
  warn: { classes: "bg-warn-soft", ink: "text-warn", Icon: TriangleAlert },
  bad: { classes: "bg-bad-soft", ink: "text-bad", Icon: CircleAlert },
};

interface NoticeProps {
  tone: keyof typeof TONES;
  title?: string;
  /** `alert` for the result of an action. Without it, the notice is part of the page. */
  role?: "alert" | "status";
  children: ReactNode;
  action?: ReactNode;
}

export function Notice({ tone, title, role, children, action }: NoticeProps) {
  const { classes, ink, Icon } = TONES[tone];
  return (
    <div role={role} className={`flex flex-wrap items-start gap-x-4 gap-y-3 rounded-panel p-4 text-ink ${classes}`}>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <div className="min-w-0 flex-1 basis-56">
        {title && <p className="font-semibold">{title}</p>}
        <div className="max-w-prose">{children}</div>
      </div>
      {action}
    </div>
  );
}
