import path from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { languages } from "./vite/languages.ts";
import { packedFiles } from "./vite/packed-files.ts";
import { serverAddress } from "./vite/server-address.ts";
import { startPage } from "./vite/start-page.ts";

const server = serverAddress(process.env);

/** What every page needs. */
const FRAME =
  /web[\\/]src[\\/]((routes|lib)[\\/](?!browser[\\/]provider-tab|search[\\/]stats-search).*|app[\\/][^\\/]+)\.tsx?$|messages[\\/]src[\\/][^\\/]+$|@messageformat|make-plural/;
/** The icons of the pages before login, which need none of the others. */
const LOGIN_ICONS =
  /lucide-react[\\/].*[\\/](arrow-big-up-dash|check|circle(-alert|-check)?|eye(-off)?|info|key-round|loader-circle|triangle-alert)\.mjs$/;

export default defineConfig({
  plugins: [
    tanstackRouter({
      target: "react",
      autoCodeSplitting: true,
      // Only pages are split off. The error page is part of the main file, so that it shows if a page cannot be loaded.
      codeSplittingOptions: { defaultBehavior: [["component"]] },
    }),
    react(),
    tailwindcss(),
    languages(),
    startPage(),
    packedFiles(),
  ],
  server: {
    proxy: {
      "/trpc": server,
      "/api": server,
      "/auth/oidc": server,
      "/share/": server,
      "/unsubscribe": { target: server, bypass: ({ method }) => (method === "POST" ? undefined : "/index.html") },
    },
  },
  resolve: {
    alias: {
      // Otherwise forms dispatch events on the window with everything typed into them, including passwords.
      "@tanstack/devtools-event-client": path.resolve(import.meta.dirname, "vite/no-devtools.ts"),
    },
  },
  build: {
    // Built beside the folder that is served, then moved there: scripts/build.mjs.
    outDir: process.env.BUILD_FOLDER ?? "dist",
    target: "es2023",
    // The server's Content-Security-Policy has no data: sources.
    assetsInlineLimit: 0,
    // Every browser that runs es2023 preloads modules by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Few files rather than many small ones (docs/decisions/069-few-files-per-page.md): what every page needs, the icons, what pages are made of,
          // and the catalogs that are always loaded together.
          groups: [
            // On its own: the entry script needs it, and would load and evaluate all of `frame` with it.
            { name: "preload", test: /vite[\\/]preload-helper/, priority: 2 },
            {
              name: "vendor",
              test: /node_modules[\\/]((react|react-dom|scheduler)[\\/]|@trpc|@tanstack[\\/](react-)?(router|query))/,
              priority: 2,
            },
            {
              name: "frame",
              test: new RegExp(`${FRAME.source}|${LOGIN_ICONS.source}`),
              priority: 1,
            },
            { name: "icons", test: /node_modules[\\/]lucide-react[\\/]/, minShareCount: 2 },
            {
              // With what the dashboard shows below it, so that it is one file there. Not needed before there is usage.
              name: "chart",
              test: /web[\\/]src[\\/](components[\\/](change-parts|tables[\\/]usage-table)|components[\\/]charts[\\/]usage-chart[\\/](?!(readout|curves|table)\.)|features[\\/]dashboard[\\/]((breakdown|chart|overview|attention)[\\/]|no-usage))/,
              includeDependenciesRecursively: false,
            },
            {
              name: "parts",
              // The heatmap needs the chart, which would be loaded by every page then.
              test: /web[\\/]src[\\/]components[\\/](ui[\\/]|filters[\\/]|charts[\\/](?!(heatmap|usage-chart)[\\/]))/,
              minShareCount: 2,
              // Otherwise it would contain forms and dialogs, with their libraries.
              // Before the chart, which takes what it needs of these otherwise.
              priority: 1,
              includeDependenciesRecursively: false,
            },
            {
              name: (module) => `messages-${/compiled[\\/](\w+)/.exec(module)?.[1]}`,
              test: /messages[\\/]src[\\/]compiled[\\/]\w+[\\/]\w+\.js$/,
            },
          ],
        },
      },
    },
  },
});
