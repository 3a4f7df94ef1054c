import type { ReactNode } from "react";

interface EmptyStateProps {
  title: string;
  body: string;
  /** Before the title. */
  icon?: ReactNode;
  /** Action to add content. */
  children?: ReactNode;
}

/** Placeholder for an empty list. */
export function EmptyState({ title, body, icon, children }: EmptyStateProps) {
  return (
    <section
      aria-label={title}
      className="flex min-h-56 flex-col items-center justify-center gap-2 rounded-panel border border-dashed border-line-strong p-6 text-center"
    >
      {icon}
      <h2 className="font-semibold">{title}</h2>
      <p className="max-w-prose text-muted">{body}</p>
      {children && <div className="mt-2">{children}</div>}
    </section>
  );
}
