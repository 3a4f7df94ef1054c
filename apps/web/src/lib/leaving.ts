const STORAGE_KEY = "orwatch.left";

function readLeft(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

/** Tells the other pages of this browser that the account has been left: open tabs, and those behind the back button. */
export function tellLeft() {
  try {
    localStorage.setItem(STORAGE_KEY, String(Date.now()));
  } catch {
    // Storage is blocked: they find out by their next request.
  }
}

/** Loads this page anew, and so shows the log-in, once the account has been left in another. */
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
