// A file of its own, run before the first paint: the Content-Security-Policy allows no inline script.
(() => {
  // Under this name a library that must put in a style element (the dialogs' scroll lock) looks for the page's nonce.
  window.__webpack_nonce__ = document.currentScript.nonce;
  let choice = "system";
  try {
    choice = localStorage.getItem("orwatch.theme") || "system";
  } catch {
    // Storage is blocked: follow the system.
  }
  const isDark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
})();
