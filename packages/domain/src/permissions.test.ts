import { expect, test } from "vitest";
import { isPermitted, mayManageRole, PERMISSIONS, type Permission, ROLES } from "./permissions.ts";

const permissions = Object.keys(PERMISSIONS) as Permission[];

test("each role may do what the table of roles says", () => {
  const table = Object.fromEntries(ROLES.map((role) => [role, permissions.filter((it) => isPermitted(role, it))]));
  expect(table).toEqual({
    owner: ["view", "edit", "manageKeys", "manageMembers", "ownTeam"],
    admin: ["view", "edit", "manageKeys", "manageMembers"],
    editor: ["view", "edit"],
    viewer: ["view"],
  });
});

test("admins manage all members but owners, editors and viewers manage none", () => {
  const table = Object.fromEntries(ROLES.map((role) => [role, ROLES.filter((other) => mayManageRole(role, other))]));
  expect(table).toEqual({ owner: [...ROLES], admin: ["admin", "editor", "viewer"], editor: [], viewer: [] });
});
