const KB = 1024;
const MB = KB * KB;

/** A number of bytes as people read it: whole KB below one MB, MB with one decimal above. Never 0 for what is not empty. */
export function formatSize(bytes: number): string {
  const kilobytes = Math.ceil(bytes / KB);
  return kilobytes < KB ? `${kilobytes} KB` : `${(bytes / MB).toFixed(1)} MB`;
}
