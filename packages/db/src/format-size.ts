const KB = 1024;
const MB = KB * KB;

/** Formats a number of bytes: whole KB below one MB, otherwise MB with one decimal. 0 only for 0 bytes. */
export function formatSize(bytes: number): string {
  const kilobytes = Math.ceil(bytes / KB);
  return kilobytes < KB ? `${kilobytes} KB` : `${(bytes / MB).toFixed(1)} MB`;
}
