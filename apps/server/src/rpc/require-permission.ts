import { isPermitted, PERMISSIONS, type Permission, type Role } from "@orwatch/domain/permissions";
import { message } from "@orwatch/messages/message";
import { AppError } from "./app-error.ts";

/** @throws FORBIDDEN_ROLE if the role in the team does not permit it */
export function requirePermission({ role }: { role: Role }, permission: Permission): void {
  if (!isPermitted(role, permission))
    throw new AppError("FORBIDDEN_ROLE", message("role_required", { role: PERMISSIONS[permission] }));
}
