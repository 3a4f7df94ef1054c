import type { ReactNode } from "react";

/** One entry of a `<dl>`: a label with its value below. */
export function Fact({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-caption text-muted">{label}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}
