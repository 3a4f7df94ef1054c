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

// The app comes second: its modules take their texts while they are imported.
void loadLanguage()
  .then(() => import("./app.tsx"))
  .then(({ mount }) => mount(document.getElementById("root")!));
