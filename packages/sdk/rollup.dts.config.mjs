import { dts } from "rollup-plugin-dts";

/** The types of tRPC stay those of the consumer's copy: their internals differ between its versions. */
export default {
  input: { index: "src/index.ts", trpc: "src/trpc/index.ts" },
  output: ["ts", "cts"].map((extension) => ({
    dir: "dist",
    format: "es",
    entryFileNames: `[name].d.${extension}`,
    chunkFileNames: `shared.d.${extension}`,
  })),
  external: [/^@trpc\//],
  plugins: [dts({ tsconfig: "tsconfig.json" })],
};
