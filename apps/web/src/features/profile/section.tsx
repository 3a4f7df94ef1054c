import type { ReactNode } from "react";
import { Panel } from "../../components/ui/panel.tsx";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Panel title={title}>
      <div className="flex flex-col gap-4 px-4 pb-5">{children}</div>
    </Panel>
  );
}
