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
  },
});
