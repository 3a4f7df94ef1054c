// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  legacy_text: (d) => d.text,
  unknown_message: () => "This message comes from a newer version of orwatch. Update orwatch to read it.",
  first_and_more: (d) => d.first + " " + plural(d.count, 0, en, { one: "And " + number("en", d.count, 0) + " more.", other: "And " + number("en", d.count, 0) + " more." })
}
