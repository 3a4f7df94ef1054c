import tailwindcss from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const server = "http://127.0.0.1:3000";

/** The app starts after the language is known; its files are fetched before, beside the entry. */
const preloadApp: Plugin = {
  name: "preload-app",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle = {}, chunk }) {
      const chunkOf = (name: string) => (bundle[name]?.type === "chunk" ? bundle[name] : undefined);
      const withImports = (name: string, found = new Set<string>()): Set<string> => {
        if (found.has(name)) return found;
        found.add(name);
        for (const needed of chunkOf(name)?.imports ?? []) withImports(needed, found);
        return found;
      };
      const app = chunk?.dynamicImports.find((name) => chunkOf(name)?.facadeModuleId?.endsWith("/src/app.tsx"));
      if (!chunk || !app) return [];
      const known = withImports(chunk.fileName);
      const wanted = [...withImports(app)].filter((name) => !known.has(name));
      return wanted.map((name) => ({
        tag: "link",
        attrs: { rel: "modulepreload", crossorigin: true, href: `/${name}` },
        injectTo: "head" as const,
      }));
    },
  },
};

export default defineConfig({
  plugins: [tanstackRouter({ target: "react", autoCodeSplitting: true }), react(), tailwindcss(), preloadApp],
  server: {
    proxy: {
      "/trpc": server,
      "/api": server,
      "/unsubscribe": { target: server, bypass: ({ method }) => (method === "POST" ? undefined : "/index.html") },
    },
  },
  build: {
    target: "es2023",
    // The server's Content-Security-Policy has no data: sources.
    assetsInlineLimit: 0,
    // Every browser that runs es2023 preloads modules by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Few large files compress better than many small ones, and the frame outlives most releases in the cache.
        codeSplitting: {
          groups: [
            {
              // Runs before everything that holds texts, so it shares a file with none of it.
              name: "language",
              test: /src[\\/]lib[\\/]language\.ts|vite[\\/]preload-helper/,
              priority: 9,
            },
            {
              name: "data",
              test: /node_modules.*[\\/](@trpc|@tanstack[\\/](react-)?query)|src[\\/]lib[\\/](trpc|confirm-link|connection|page-data|pages|dashboard-search|stats-search|keys-search|search|day|format)\.ts/,
              priority: 1,
            },
            {
              // What pages on both sides of the log-in use.
              name: "base",
              test: /src[\\/](components[\\/](error-page|not-found|ui[\\/](button|notice|logo|field))|lib[\\/](guard|session)|features[\\/]shell[\\/](page-head|shell-skeleton))\.tsx?|icons[\\/]check\.mjs/,
              priority: 3,
            },
            {
              // What every page behind the log-in needs; nothing here may be used before it.
              name: "shell",
              test: /src[\\/](components[\\/]ui[\\/](announcer|values|disclosure|panel|sort|use-exact-copy)|features[\\/]shell[\\/](api-provider|connection-banner|profile-menu|rail|rail-pages|shell)|features[\\/]usage[\\/](range-picker|money-bar|filter-chips|change-list|sync-button|use-sync-all|use-sync-progress)|lib[\\/](theme|time-zone|links|first-sync|text[\\/]usage))\.tsx?|icons[\\/](chevron-down|external-link|refresh-cw|circle-check|circle-exclamation-point|triangle-alert|table-2|key-round|x|arrow-right|chart-column|history|key-square)\.mjs/,
            },
            {
              name: "frame",
              test: /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store|@tanstack[\\/](react-)?(router|store|router-core|history))[\\/]|src[\\/]lib[\\/](text|errors)\.ts/,
              priority: 2,
            },
          ],
        },
      },
    },
  },
});
