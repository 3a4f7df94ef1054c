import tailwindcss from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = "http://127.0.0.1:3000";

export default defineConfig({
  plugins: [tanstackRouter({ target: "react", autoCodeSplitting: true }), react(), tailwindcss()],
  server: { proxy: { "/trpc": server, "/api": server } },
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
              name: "data",
              test: /node_modules.*[\\/](zod|@trpc|@tanstack[\\/](react-)?query)|src[\\/]lib[\\/](trpc|page-data|pages|dashboard-search|stats-search|keys-search|day|format)\.ts/,
              priority: 1,
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
