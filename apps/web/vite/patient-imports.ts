import type { Plugin } from "vite";

const IMPORT = /(?<!typeof\s+)\bimport\(\s*(["'][^"']+["'])\s*\)/g;
const OWN = /\/(apps\/web\/src\/.*\.tsx?|packages\/messages\/src\/compiled\/loaders\.js)(\?|$)/;
const HELPER = "/src/lib/loading/patiently.ts";

/** Lets every `import()` of the app wait for a server that does not answer, those of the routes too, which the router's plugin writes. */
export const patientImports = (): Plugin => ({
  name: "patient-imports",
  apply: "build",
  enforce: "post",
  transform(code, id) {
    if (!OWN.test(id)) return null;
    const patient = code.replace(IMPORT, "__patiently(() => import($1))");
    // The helper comes first, so no line moves.
    return patient === code
      ? null
      : { code: `import { patiently as __patiently } from "${HELPER}"; ${patient}`, map: null };
  },
});
