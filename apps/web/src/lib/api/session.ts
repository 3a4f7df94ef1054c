let account: number | null = null;

/** The user of this page, until they log out. */
export function setAccount(id: number | null): void {
  account = id;
}

/** Another user may have logged in in another tab. The server then returns UNAUTHORIZED, so that nothing is changed for the wrong user. */
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
 * Loads another page after logout, so that no data of the user stays in the memory of this page or of the other
 * pages of this browser (open tabs and the back/forward cache), which are notified. Never resolves, so that callers stay
 * busy until the page is left.
 */
export function leaveFor(path: "/login" | "/register" | "/invite"): Promise<never> {
  try {
    localStorage.setItem(STORAGE_KEY, String(Date.now()));
  } catch {
    // Storage is blocked: the others notice with their next request.
  }
  window.location.replace(path);
  return new Promise(() => {});
}

/** Reloads this page, which shows the login, after logout in another page. */
export function watchLeaving(): () => void {
  const before = readLeft();
  const onStorage = ({ key }: StorageEvent) => {
    if (key === STORAGE_KEY) window.location.reload();
  };
  // A page restored from the back/forward cache with all of its data.
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
