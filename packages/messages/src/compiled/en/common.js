// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.

export default {
  legacy_text: (d) => d.text,
  unknown_message: () => "This message comes from a newer version of orwatch. Update orwatch to read it."
}
