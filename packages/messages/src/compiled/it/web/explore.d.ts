// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
export { default } from "../../en/web/explore.js";
