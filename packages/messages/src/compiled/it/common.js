// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  legacy_text: (d) => d.text,
  unknown_message: () => "Questo messaggio proviene da una versione più recente di orwatch. Aggiorna orwatch per leggerlo.",
  first_and_more: (d) => d.first + " " + plural(d.count, 0, it, { one: "E un’altra.", other: "E altre " + number("it", d.count, 0) + "." })
}
