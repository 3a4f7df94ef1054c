let account: number | null = null;

/** Whose page this is, from when it is known until the account is left. */
export function setAccount(id: number | null): void {
  account = id;
}

/** Another tab may have logged in somebody else since: the server then answers UNAUTHORIZED, and nothing lands in their account. */
export const accountHeader = (): Record<string, string> =>
  account === null ? {} : { "x-orwatch-account": String(account) };
