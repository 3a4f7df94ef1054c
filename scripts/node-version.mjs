// Imported before everything else: what follows uses what older versions of Node lack.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`orwatch needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
