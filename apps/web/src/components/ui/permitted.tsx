import { PERMISSIONS, type Permission } from "@orwatch/domain/permissions";
import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { usePermission } from "../../lib/api/permission.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

/** Who may do something: "Only owners and admins of this team can do this." */
export function useNeed(permission: Permission): string {
  const t = useTexts("common");
  return t.common.team.needs({ role: PERMISSIONS[permission] });
}

interface PermittedProps {
  to: Permission;
  children: ReactNode;
}

/** Controls for members who may use them. Others read which role they need. */
export function Permitted({ to, children }: PermittedProps) {
  const may = usePermission(to);
  const need = useNeed(to);
  if (may) return children;
  return (
    <p className="flex items-start gap-1.5 text-table text-muted print:hidden">
      <Lock aria-hidden className="mt-0.5 size-4 shrink-0" />
      {need}
    </p>
  );
}
