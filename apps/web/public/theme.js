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
  // As src/lib/language.ts does it for the app itself.
  const spoken = languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === "en" || tag === "it");
  document.documentElement.lang = spoken || "en";
  const isDark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
})();
