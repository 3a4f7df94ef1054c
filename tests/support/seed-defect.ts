import path from "node:path";
import { SEEDED_DEFECTS } from "./seeded-defects.ts";

/** Breaks the code under test as SEEDED_DEFECT names, in memory only; does nothing without it. */
export function seedDefect() {
  const defect = SEEDED_DEFECTS.find(({ name }) => name === process.env.SEEDED_DEFECT);
  const file = defect && path.resolve(import.meta.dirname, "../..", defect.file);
  return {
    name: "seed-defect",
    enforce: "pre" as const,
    transform(code: string, id: string) {
      if (!defect || id.split("?")[0] !== file) return null;
      if (!code.includes(defect.find)) throw new Error(`${defect.file} no longer has what "${defect.name}" breaks`);
      return { code: code.replace(defect.find, () => defect.replace), map: null };
    },
  };
}
