import { isPermitted, type Permission } from "@orwatch/domain/permissions";
import { type CurrentUser, trpc, type User } from "./trpc.ts";

export const isInTeam = (user: User | undefined): user is CurrentUser => user !== undefined && user.team !== null;

/** Loaded with the page, and again on focus and after a rejection by role: then a changed role shows. */
export const useAccount = (): User | undefined => trpc.auth.account.useQuery({}, { refetchOnMount: false }).data;

/** The user, with the role in the team of the page. Pages are only shown to members. */
export function useCurrentUser(): CurrentUser | undefined {
  const user = useAccount();
  return isInTeam(user) ? user : undefined;
}

/** Whether the user may do something in the team of the page. */
export function usePermission(permission: Permission): boolean {
  const role = useCurrentUser()?.team.role;
  return role !== undefined && isPermitted(role, permission);
}
