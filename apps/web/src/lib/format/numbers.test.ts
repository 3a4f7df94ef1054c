import { describe, expect, it } from "vitest";
import { readCount, readNumber, writeNumber } from "./numbers.ts";

const ENGLISH = { group: ",", decimal: "." };
const ITALIAN = { group: ".", decimal: "," };

describe("readNumber", () => {
  it.each([
    ["25", "25"],
    ["25.00", "25.00"],
    ["1,000", "1000"],
    ["12,345", "12345"],
    ["1,000.50", "1000.50"],
    ["1,234,567.5", "1234567.5"],
    ["0.500", "0.500"],
    [".500", "0.500"],
    ["0.000002835", "0.000002835"],
    // Other notations that leave no doubt.
    ["1,5", "1.5"],
    ["1.000,50", "1000.50"],
    ["1.234.567", "1234567"],
    ["1 000", "1000"],
    ["1\u00a0000.250", "1000.250"],
    ["1\u202f000,25", "1000.25"],
    ["1'000.25", "1000.25"],
    ["１０００", "1000"],
    ["1234.567", "1234.567"],
    ["1234,567", "1234.567"],
  ])("reads %j in English as %s", (typed, plain) => {
    expect(readNumber(typed, ENGLISH)).toEqual({ plain });
  });

  it.each([
    ["1.000", "1000"],
    ["1.000,50", "1000.50"],
    ["1.234.567,5", "1234567.5"],
    ["0,500", "0.500"],
    ["2,50", "2.50"],
    ["2.50", "2.50"],
    ["1,000.50", "1000.50"],
  ])("reads %j in Italian as %s", (typed, plain) => {
    expect(readNumber(typed, ITALIAN)).toEqual({ plain });
  });

  it.each([
    [ENGLISH, "1.000", ["1.000", "1000"]],
    [ENGLISH, "12.345", ["12.345", "12345"]],
    [ITALIAN, "1,000", ["1.000", "1000"]],
    [ITALIAN, "999,999", ["999.999", "999999"]],
  ])("returns both readings of what another language would read as thousands (%j, %j)", (marks, typed, readings) => {
    expect(readNumber(typed, marks)).toEqual({ readings });
  });

  it.each([
    "",
    " ",
    ".",
    ",",
    "5.",
    "1,00,000",
    "1.00.000,5",
    "1,000,00",
    "1.2.3",
    "1e3",
    "-5",
    "+5",
    "five",
    "1 00",
    "1_000",
    "٣",
  ])("reads %j as no number in either language", (typed) => {
    expect(readNumber(typed, ENGLISH)).toBeNull();
    expect(readNumber(typed, ITALIAN)).toBeNull();
  });

  it("never returns a number a thousand times another reading of the same text", () => {
    for (const marks of [ENGLISH, ITALIAN])
      for (const whole of ["0", "1", "12", "123", "1234"])
        for (const fraction of ["0", "05", "000", "125", "0000"])
          for (const mark of [".", ","]) {
            const read = readNumber(`${whole}${mark}${fraction}`, marks);
            if (!read || !("plain" in read)) continue;
            const canGroup = fraction.length === 3 && whole !== "0" && whole.length <= 3;
            expect(read.plain.includes("."), `${whole}${mark}${fraction}`).toBe(!(canGroup && mark === marks.group));
          }
  });
});

describe("writeNumber", () => {
  it.each(["25.00", "0.500", "1.234", "12.3456", "999.999", "1234.567", "0.000002835", "1000"])(
    "writes %s so that both languages read it back",
    (plain) => {
      for (const marks of [ENGLISH, ITALIAN]) {
        const typed = writeNumber(plain, marks);
        for (const reader of [ENGLISH, ITALIAN]) {
          const read = readNumber(typed, reader);
          expect(read && "plain" in read && Number(read.plain), typed).toBe(Number(plain));
        }
      }
    },
  );
});

describe("readCount", () => {
  it.each([
    ["7", 7],
    ["1,000", 1000],
    ["1.000", null],
    ["1,0", null],
    ["7.0", null],
    ["", null],
  ])("reads %j as the count %j", (typed, count) => {
    expect(readCount(typed, ENGLISH)).toBe(count);
  });
});
