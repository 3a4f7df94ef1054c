import { loadLanguage } from "./lib/language.ts";
import "./styles.css";

// After an update of the server the old page asks for files that are gone: load the new page, but never in a loop.
const RELOADED = "orwatch.reloaded";
window.addEventListener("vite:preloadError", (event) => {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (Date.now() - last < 10_000) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  event.preventDefault();
  window.location.reload();
});

// Before the log-in there is nothing to ask for, and so nothing to load for it.
if (!/^\/(login|register|unsubscribe)\b/.test(location.pathname))
  void import("./lib/ask-first.ts").then(({ askFirst }) => askFirst(location));

// The app comes second: its modules take their texts while they are imported. React is made ready before it, in a task of its own.
void loadLanguage()
  .then(() => import("react-dom/client"))
  .then(() => import("./app.tsx"))
  .then(({ mount }) => mount(document.getElementById("root")!));
