import type { ReactNode } from "react";

/** A field of a form that is not there yet: nothing in it for a password manager to fill. */
export function FirstField({ label, children }: { label: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="font-medium">{label}</span>
      <div className="h-9 rounded-control border border-line-strong bg-surface" />
      {children && <div className="text-caption text-muted">{children}</div>}
    </div>
  );
}
