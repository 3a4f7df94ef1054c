/** The invitation that the user of this tab has opened. */
export interface Invitation {
  token: string;
  /** The user wants to accept it and logs in for that. */
  isWanted: boolean;
}

const STORAGE_KEY = "orwatch.invitation";
let kept: Invitation | null = null;

/** Keeps the invitation in this tab until it is accepted, because its token does not stay in the address. */
export function keepInvitation(invitation: Invitation | null): void {
  kept = invitation;
  try {
    if (invitation) sessionStorage.setItem(STORAGE_KEY, JSON.stringify(invitation));
    else sessionStorage.removeItem(STORAGE_KEY);
  } catch {
    // Storage is blocked: it lasts as long as the page.
  }
}

export function readInvitation(): Invitation | null {
  try {
    const text = sessionStorage.getItem(STORAGE_KEY);
    return text === null ? kept : (JSON.parse(text) as Invitation);
  } catch {
    return kept;
  }
}
