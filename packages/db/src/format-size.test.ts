import { expect, test } from "vitest";
import { formatSize } from "./format-size.ts";

test.each([
  [0, "0 KB"],
  [1, "1 KB"],
  [400 * 1024, "400 KB"],
  [1024 * 1024 - 1, "1.0 MB"],
  [1024 * 1024, "1.0 MB"],
  [2_516_582, "2.4 MB"],
])("%i bytes are formatted as %s", (bytes, text) => expect(formatSize(bytes)).toBe(text));
