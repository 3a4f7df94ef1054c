import { loadPageTexts, loadTexts, watchLanguage } from "./lib/i18n/catalogs.ts";
import "./styles.css";

watchLanguage();

// Before the log-in there is nothing to ask for, and so nothing to load for it.
if (!/^\/(login|register|unsubscribe)\b/.test(location.pathname))
  void import("./lib/loading/ask-first.ts").then(({ askFirst }) => askFirst(location));

// What a page lacks beyond that, its own loader asks for again, and shows that it failed.
const texts = Promise.all([loadTexts(), loadPageTexts(location.pathname).catch(() => {})]);

// React is made ready before the app, in a task of its own.
void import("react-dom/client")
  .then(() => Promise.all([import("./app/app.tsx"), texts]))
  .then(([{ mount }]) => mount(document.getElementById("root")!));
