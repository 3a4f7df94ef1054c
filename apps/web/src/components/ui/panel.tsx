import { type ReactNode, useId } from "react";

interface PanelProps {
  title: string;
  aside?: ReactNode;
  /** On phones, only screen readers get the title: the controls beside it say the same. */
  isTitleQuiet?: boolean;
  children: ReactNode;
  className?: string;
}

/** A titled region of a page. */
export function Panel({ title, aside, isTitleQuiet = false, children, className = "" }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`min-w-0 rounded-panel border border-line bg-surface ${className}`}>
      <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
        <h2 id={id} className={`font-semibold ${isTitleQuiet ? "max-sm:sr-only" : ""}`}>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** One entry of a `<dl>`: a label with its value below. */
export function Fact({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-caption text-muted">{label}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}
