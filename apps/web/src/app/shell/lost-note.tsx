import { TriangleAlert } from "lucide-react";

export function LostNote({ children }: { children: string }) {
  return (
    <p className="flex items-center justify-center gap-2 border-b border-line bg-warn-soft px-4 py-2 text-table">
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />
      {children}
    </p>
  );
}
