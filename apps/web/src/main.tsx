import { currentLanguage, loadLanguage } from "./lib/language.ts";
import "./styles.css";

// Before the log-in there is nothing to ask for, and so nothing to load for it.
if (!/^\/(login|register|unsubscribe)\b/.test(location.pathname))
  void import("./lib/ask-first.ts").then(({ askFirst }) => askFirst(location));

async function loadTexts() {
  const catalogs = await import("./lib/catalogs.ts");
  await catalogs.changeLanguage(currentLanguage());
  // What the page itself lacks, it tells by its error page.
  await Promise.all([catalogs.loadTexts(), catalogs.loadPageTexts(location.pathname).catch(() => {})]);
}

// The app comes second: its modules take their texts while they are imported. React is made ready before it, in a task of its own.
void loadLanguage()
  .then(() => Promise.all([loadTexts(), import("react-dom/client")]))
  .then(() => import("./app.tsx"))
  .then(({ mount }) => mount(document.getElementById("root")!));
