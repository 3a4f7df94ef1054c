import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { minify, type Plugin } from "vite";

const TEXT = /\.(js|css|svg|json|txt|webmanifest)$/;

const packBrotli = (bytes: Buffer) =>
  promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });

/** Scripts of the folder `public` are not bundled, only copied. */
const isCopied = (name: string) => name.endsWith(".js") && !name.includes(path.sep);

async function withoutComments(file: string): Promise<Buffer> {
  const { code, errors } = await minify(path.basename(file), await readFile(file, "utf8"));
  if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message).join(", ")}`);
  await writeFile(file, code);
  return Buffer.from(code);
}

/** Puts `….br` and `….gz` beside every text: packed once and as small as it gets, which would be too slow for the server to do. */
export const packedFiles = (): Plugin => ({
  name: "packed-files",
  apply: "build",
  enforce: "post",
  async writeBundle({ dir }) {
    const names = await readdir(dir ?? "dist", { recursive: true });
    await Promise.all(
      names
        .filter((name) => TEXT.test(name))
        .map(async (name) => {
          const file = path.join(dir ?? "dist", name);
          const bytes = isCopied(name) ? await withoutComments(file) : await readFile(file);
          await writeFile(`${file}.br`, await packBrotli(bytes));
          await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
        }),
    );
  },
});
