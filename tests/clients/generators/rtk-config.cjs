module.exports = {
  schemaFile: "./openapi.json",
  apiFile: "./calls/rtk-base.mts",
  apiImport: "base",
  outputFile: "./generated/rtk.ts",
  exportName: "orwatch",
  hooks: false,
};
