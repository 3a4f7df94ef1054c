import { defineConfig } from "tsup";

/** JavaScript only: the declarations come from rollup.dts.config.mjs, because tsup cannot inline packages that have only an `exports` map. */
export default defineConfig({
  entry: ["src/index.ts"],
  format: ["esm", "cjs"],
  target: "es2022",
  platform: "neutral",
  noExternal: [/^@trpc\//],
  treeshake: true,
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: true,
  clean: true,
});
