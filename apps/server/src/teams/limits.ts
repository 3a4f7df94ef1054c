/** Members of a team. */
export const MAX_MEMBERS = 200;
/** Teams of a user, including the personal one. */
export const MAX_MEMBERSHIPS = 50;
/** Pending invitations of a team. */
export const MAX_INVITATIONS = 100;
