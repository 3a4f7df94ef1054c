/** One value of a metric family. The suffix is for the parts of a histogram. */
export interface Sample {
  labels?: Record<string, string>;
  suffix?: "_bucket" | "_sum" | "_count";
  /** Strings are not changed, so that amounts keep their nine digits. */
  value: number | string;
}

export interface Family {
  name: string;
  help: string;
  type: "counter" | "gauge" | "histogram";
  samples: Sample[];
}

const escapeHelp = (text: string) => text.replace(/[\\\n]/g, (character) => (character === "\n" ? "\\n" : "\\\\"));

const escapeLabel = (text: string) =>
  text.replace(/[\\"\n]/g, (character) => (character === "\n" ? "\\n" : `\\${character}`));

function writeLabels(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** The text format 0.0.4 of Prometheus (prometheus.io/docs/instrumenting/exposition_formats); families without values are left out. */
export function writeExposition(families: Family[]): string {
  const lines: string[] = [];
  for (const { name, help, type, samples } of families) {
    if (samples.length === 0) continue;
    lines.push(`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${type}`);
    for (const { labels = {}, suffix = "", value } of samples)
      lines.push(`${name}${suffix}${writeLabels(labels)} ${value}`);
  }
  return `${lines.join("\n")}\n`;
}
