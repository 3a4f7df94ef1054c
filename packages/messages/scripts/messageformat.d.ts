declare module "@messageformat/core/compile-module" {
  import type MessageFormat from "@messageformat/core";

  /** The text of an ES module whose functions write the messages. */
  export default function compileModule(format: MessageFormat, messages: object): string;
}
