let account: number | null = null;

/** Whose page this is, from when it is known until the account is left. */
export function setAccount(id: number | null): void {
  account = id;
}

/** Another tab may have logged in someone else since: the server then answers UNAUTHORIZED, and nothing lands in their account. */
export const accountHeader = (): Record<string, string> =>
  account === null ? {} : { "x-orwatch-account": String(account) };

const STORAGE_KEY = "orwatch.left";

function readLeft(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

/**
 * Goes to a page that is loaded anew, once the account has been left: nothing of it stays in this page's memory, nor in the other
 * pages of this browser, open tabs and those behind the back button, which are told. Never resolves, so that what waits for it stays
 * busy until the page is gone.
 */
export function leaveFor(path: "/login" | "/register"): Promise<never> {
  try {
    localStorage.setItem(STORAGE_KEY, String(Date.now()));
  } catch {
    // Storage is blocked: the others find out by their next request.
  }
  window.location.replace(path);
  return new Promise(() => {});
}

/** Loads this page anew, and so shows the login, once the account has been left in another. */
export function watchLeaving(): () => void {
  const before = readLeft();
  const onStorage = ({ key }: StorageEvent) => {
    if (key === STORAGE_KEY) window.location.reload();
  };
  // A page that browsers kept whole, with all that stood in it.
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted && readLeft() !== before) window.location.reload();
  };
  window.addEventListener("storage", onStorage);
  window.addEventListener("pageshow", onShow);
  return () => {
    window.removeEventListener("storage", onStorage);
    window.removeEventListener("pageshow", onShow);
  };
}
