/** Roles of members of a team, most powerful first. Each may do everything that the roles below it may. */
export const ROLES = ["owner", "admin", "editor", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** What members may do, and the least powerful role that may. */
export const PERMISSIONS = {
  /** See everything of the team, export it, and choose their own notifications. */
  view: "viewer",
  /** Sync now, and change alert rules, projects and what else describes usage. */
  edit: "editor",
  /** Add, change and delete keys and OpenRouter accounts, issue API tokens, change channels. */
  manageKeys: "admin",
  /** Invite and remove members, change roles and the settings of the team. */
  manageMembers: "admin",
  /** Delete the team or hand it over. */
  ownTeam: "owner",
} as const satisfies Record<string, Role>;
export type Permission = keyof typeof PERMISSIONS;

/** What API tokens may be allowed, and the permission that their issuer needs for it. */
export const SCOPES = {
  /** Read usage, keys, forecasts and alerts. */
  read: "view",
  /** Start a sync. */
  sync: "edit",
  /** Add, rename and turn off keys. */
  "keys:write": "manageKeys",
} as const satisfies Record<string, Permission>;
export type Scope = keyof typeof SCOPES;
export const SCOPE_NAMES = Object.keys(SCOPES) as [Scope, ...Scope[]];

/** Whether a role is at least as powerful as another. */
export const isAtLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) <= ROLES.indexOf(least);

/** Whether a member with this role may do something. */
export const isPermitted = (role: Role, permission: Permission): boolean => isAtLeast(role, PERMISSIONS[permission]);

/** Whether a member may give, change or remove the role of a member: only owners make owners and change them. */
export const mayManageRole = (role: Role, other: Role): boolean =>
  isPermitted(role, "manageMembers") && (other !== "owner" || role === "owner");
