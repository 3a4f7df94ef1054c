import { defineConfig } from "tsup";

/** JavaScript only: the declarations come from rollup.dts.config.mjs, because tsup cannot inline packages that have only an `exports` map. */
export default defineConfig({
  entry: { index: "src/index.ts", trpc: "src/trpc/index.ts" },
  format: ["esm", "cjs"],
  target: "es2022",
  platform: "neutral",
  // Both entries share one copy of the errors, so that `instanceof` is true across them.
  splitting: true,
  treeshake: true,
  minify: true,
  sourcemap: true,
  clean: true,
});
