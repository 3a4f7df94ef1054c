import { randomInt } from "node:crypto";

/** Without letters and digits that look alike. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** The code for the first registration, which makes the administrator. */
export interface SetupMemory {
  code: string;
  /** Wrong codes since the code was created. */
  wrongCodes: number;
}

/** Creates a code of 99 random bits. */
export const createSetupMemory = (): SetupMemory => ({
  code: Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(""),
  ).join("-"),
  wrongCodes: 0,
});
