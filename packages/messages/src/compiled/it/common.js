// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.

export default {
  legacy_text: (d) => d.text,
  unknown_message: () => "Questo messaggio proviene da una versione più recente di orwatch. Aggiorna orwatch per leggerlo."
}
