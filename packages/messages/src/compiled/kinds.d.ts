// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
export declare const KINDS: Readonly<Record<string, Readonly<Record<string, string>>>>;
