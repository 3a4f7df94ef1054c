import { dts } from "rollup-plugin-dts";

/** tRPC's types as far back as TypeScript 5.4, whose AsyncIterable has one parameter, and without its notes to its own developers. */
const plainTrpc = {
  name: "plain-trpc",
  transform: (code, id) =>
    id.includes("/@trpc/")
      ? {
          code: code
            .replace(/^\s*\/\*\*[\s\S]*?\*\/\n/gm, "")
            .replace(/AsyncIterable<([^,<>]+|\w+<[^<>]+>), [^,]+, (?:[^,<>]+|\w+<[^<>]+>)>/g, "AsyncIterable<$1>"),
          map: null,
        }
      : null,
};

/** Declarations without a single import: tRPC's types are written into them, as far as they are used. */
export default {
  input: "src/index.ts",
  output: ["ts", "cts"].map((extension) => ({ file: `dist/index.d.${extension}`, format: "es" })),
  plugins: [plainTrpc, dts({ respectExternal: true, tsconfig: "tsconfig.json" })],
};
