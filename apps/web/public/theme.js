// Theme and language, before the first paint. A file of its own: the Content-Security-Policy allows no inline script.
(() => {
  // Under this name a library that must put in a style element (the dialogs' scroll lock) looks for the page's nonce.
  window.__webpack_nonce__ = document.currentScript.nonce;
  let choice = "system";
  let languages = navigator.languages;
  try {
    choice = localStorage.getItem("orwatch.theme") || "system";
    languages = [localStorage.getItem("orwatch.language") || "", ...languages];
  } catch {
    // Storage is blocked: follow the system and the browser.
  }
  // As src/lib/i18n/catalogs.ts does it for the app itself.
  const known = document.currentScript.dataset.languages.split(" ");
  const spoken = languages.map((tag) => tag.split("-")[0].toLowerCase()).find((tag) => known.includes(tag));
  const language = spoken || "en";
  document.documentElement.lang = language;
  // What index.html shows until the app has started: the frame of this page, and its title in this language.
  const page = location.pathname === "/" ? "dashboard" : (/^\/([\w-]+)$/.exec(location.pathname)?.[1] ?? "");
  const beforeLogin =
    "login register continue returned unsubscribe invite forgot-password reset-password confirm-email two-factor";
  const frame = page === "share" ? page : beforeLogin.split(" ").includes(page) ? "account" : "app";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`[data-start="${frame}"], [data-start="${language} ${page}"] { display: revert }`);
  document.adoptedStyleSheets.push(sheet);
  // The files of this page are fetched together with those of the app, not after them.
  const { files, pages } = JSON.parse(document.currentScript.dataset.files);
  for (const index of pages[page] ?? []) {
    const link = document.createElement("link");
    document.head.append(Object.assign(link, { rel: "modulepreload", fetchPriority: "low", href: `/${files[index]}` }));
  }
  // A script did not come: loaded again once the server answers, and at once where this load is no second one already.
  const isSecond = () => performance.getEntriesByType("navigation")[0]?.type === "reload";
  const reloadOnceBack = (wasAway) =>
    fetch("/health").then(
      () => (wasAway || !isSecond()) && location.reload(),
      () => setTimeout(reloadOnceBack, 4000, true),
    );
  const isOwn = ({ type, src }) => type === "module" && src.startsWith(`${location.origin}/assets/`);
  addEventListener(
    "error",
    ({ target }) => target instanceof HTMLScriptElement && isOwn(target) && reloadOnceBack(false),
    true,
  );
  addEventListener("start-failed", () => reloadOnceBack(false));
  const isDark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
})();
