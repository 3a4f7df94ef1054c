import fs from "node:fs";
import path from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { RULES } from "./rules.ts";

const FOLDERS = ["apps", "packages", "tests", "bench", "scripts", "examples"];
const SOURCE = /\.([mc]?[jt]s|tsx)$/;
const SKIPPED = /^(node_modules|dist|dist-next|generated|coverage|test-results|playwright-report)$/;

/** Source files of the repository, relative to `root`. */
export function listSources(root: string): string[] {
  const list = (folder: string): string[] =>
    fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return SKIPPED.test(entry.name) ? [] : list(name);
      return SOURCE.test(entry.name) ? [name] : [];
    });
  return FOLDERS.filter((folder) => fs.existsSync(path.join(root, folder))).flatMap(list);
}

export interface Breach {
  from: string;
  to: string;
  rule: string;
  /** Where the code belongs instead. */
  comment: string;
}

/** Breaches of the rules among the sources below `root`, and the sources that were not read. */
export async function checkImports(root: string): Promise<{ read: number; unread: string[]; breaches: Breach[] }> {
  const { output } = await cruise(
    FOLDERS.filter((folder) => fs.existsSync(path.join(root, folder))),
    {
      baseDir: root,
      exclude: { path: "(^|/)(dist|dist-next|generated|coverage)/" },
      doNotFollow: { path: "(^|/)node_modules/" },
      tsPreCompilationDeps: true,
      validate: true,
      ruleSet: { forbidden: RULES },
      skipAnalysisNotInRules: true,
    },
    {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".tsx", ".mts", ".cts", ".mjs", ".cjs", ".js", ".json"],
    },
  );
  const { modules, summary } = output as ICruiseResult;
  const seen = new Set(modules.map(({ source }) => source));
  const comments = new Map(RULES.map(({ name, comment }) => [name, comment]));
  return {
    read: seen.size,
    unread: listSources(root).filter((file) => !seen.has(file)),
    breaches: summary.violations.map(({ from, to, rule, cycle }) => ({
      from,
      to: cycle ? cycle.map(({ name }) => name).join(" → ") : to,
      rule: rule.name,
      comment: comments.get(rule.name) ?? "",
    })),
  };
}
