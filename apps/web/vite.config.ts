import path from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { languages } from "./vite/languages.ts";
import { packedFiles } from "./vite/packed-files.ts";
import { pageFiles } from "./vite/page-files.ts";
import { patientImports } from "./vite/patient-imports.ts";
import { serverAddress } from "./vite/server-address.ts";

const server = serverAddress(process.env);

export default defineConfig({
  plugins: [
    tanstackRouter({
      target: "react",
      autoCodeSplitting: true,
      codeSplittingOptions: { defaultBehavior: [["component"]] },
    }),
    react(),
    tailwindcss(),
    languages(),
    patientImports(),
    pageFiles(),
    packedFiles(),
  ],
  server: {
    proxy: {
      "/trpc": server,
      "/api": server,
      "/unsubscribe": { target: server, bypass: ({ method }) => (method === "POST" ? undefined : "/index.html") },
    },
  },
  resolve: {
    // React has it by itself: the shim for older ones stays out.
    alias: {
      "use-sync-external-store/shim/with-selector": "use-sync-external-store/with-selector",
      // Forms would tell whatever listens to the window what is typed into them, passwords too.
      "@tanstack/devtools-event-client": path.resolve(import.meta.dirname, "vite/no-devtools.ts"),
    },
  },
  build: {
    // Built beside the folder that is served, then moved there: scripts/lib/publish.mjs.
    outDir: process.env.BUILD_FOLDER ?? "dist",
    target: "es2023",
    // The server's Content-Security-Policy has no data: sources.
    assetsInlineLimit: 0,
    // Every browser that runs es2023 preloads modules by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Their packages do not say so, but no module of theirs does anything by being there: links nobody uses stay out.
      treeshake: { moduleSideEffects: [{ test: /node_modules.*[\\/]@trpc[\\/]/, sideEffects: false }] },
      output: {
        // Few large files compress better than many small ones, and the frame outlives most releases in the cache.
        codeSplitting: {
          groups: [
            {
              // What runs before the app: small, so that texts and data are asked for while the rest is on its way.
              name: "start",
              test: /src[\\/]lib[\\/]\w+[\\/](catalogs|patiently|server-there)\.ts|messages[\\/]src[\\/](i18n|languages)\.ts|compiled[\\/]loaders\.js|vite[\\/]preload-helper/,
              priority: 9,
            },
            {
              // What a page behind the log-in asks first: small, so that it is asked while the rest is on its way.
              name: "asks",
              test: /src[\\/]lib[\\/]\w+[\\/](ask-first|first-calls|first-request|readers|[a-z]+-search|clock)\.ts|domain[\\/]src[\\/]day\.ts/,
              priority: 8,
            },
            {
              // A few hundred bytes each, and always loaded together.
              debugName: "messages",
              name: (module) =>
                /messages[\\/]src[\\/]compiled[\\/](\w+)[\\/]/.exec(module)?.[1]?.replace(/^/, "messages-") ?? null,
              test: /messages[\\/]src[\\/]compiled[\\/]\w+[\\/]\w+\.js$/,
              priority: 9,
            },
            {
              name: "react",
              test: /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store)[\\/]/,
              priority: 7,
            },
            {
              // What pages on both sides of the log-in use.
              name: "base",
              test: /node_modules.*[\\/]@tanstack[\\/](react-)?(router|store|router-core|history)[\\/]|src[\\/](app[\\/](app|router|error-pages|page-skeletons|shell[\\/]shell-skeleton)|routeTree\.gen|routes[\\/][\w.]+|components[\\/](error-notice|page|ui[\\/](button|notice|logo)|forms[\\/]field)|lib[\\/]api[\\/](errors|guard|session)|features[\\/]dashboard[\\/]dashboard-skeleton)\.tsx?$|icons[\\/]check\.mjs/,
              priority: 5,
            },
            {
              // The form of the log-in, and whatever asks for the password again.
              name: "account",
              test: /src[\\/](features[\\/]auth|components[\\/]forms)[\\/](account-frame|login-page|login-form|code-field|password-field|use-call|use-sign-in)\.tsx?$|src[\\/]lib[\\/]api[\\/]auth-api\.ts|icons[\\/](eye|eye-off|arrow-big-up-dash)\.mjs/,
              priority: 4,
            },
            {
              name: "data",
              test: /node_modules.*[\\/](@trpc|@tanstack[\\/](react-)?query)|src[\\/]lib[\\/]\w+[\\/](trpc|confirm-link|connection|page-data|money)\.ts|domain[\\/]src[\\/]money\.ts/,
              priority: 4,
            },
            {
              // What every page behind the log-in needs; nothing here may be used before it.
              name: "shell",
              test: /src[\\/](components[\\/](\w+[\\/])?(announcer|values|disclosure|panel|use-exact-copy|range-picker|filter-chips|change-list|sync-button|use-sync-all|use-sync-progress)|routes[\\/]_authed\.tsx|app[\\/]\w+[\\/](use-commands|range-target|api-provider|connection-banner|lost-note|profile-menu|rail|rail-pages|shell)|lib[\\/](\w+[\\/])?(theme|time-zone|keys|management-link))\.tsx?|icons[\\/](chevron-down|external-link|refresh-cw|circle-check|circle-exclamation-point|triangle-alert|table-2|key-round|x|arrow-right|chart-column|history|key-square)\.mjs/,
              priority: 3,
            },
          ],
        },
      },
    },
  },
});
