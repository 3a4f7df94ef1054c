/** Result of one check of `doctor`. A warning may be intended; a problem prevents something from working. */
export interface Finding {
  what: string;
  level: "ok" | "warning" | "problem";
  message: string;
}

/** One line per finding, and the number of problems and warnings. */
export function formatFindings(findings: Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.map(({ what, level, message }) => `${level.padEnd(7)}  ${what.padEnd(width)}  ${message}`);
  const count = (wanted: "problem" | "warning") => {
    const number = findings.filter(({ level }) => level === wanted).length;
    return `${number} ${wanted}${number === 1 ? "" : "s"}`;
  };
  return `${lines.join("\n")}\n${count("problem")}, ${count("warning")}\n`;
}
