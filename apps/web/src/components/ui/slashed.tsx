import { Fragment } from "react";

/** A name such as `vendor/model` that, on a phone, breaks after its slashes first. */
export const Slashed = ({ name }: { name: string }) =>
  name.split("/").map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no other identity and never move
    <Fragment key={index}>
      {index > 0 && (
        <>
          /<wbr className="sm:hidden" />
        </>
      )}
      {part}
    </Fragment>
  ));
