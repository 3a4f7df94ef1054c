import { z } from "zod";
import { day, dayOutput, id, idInput, instant, label } from "../rpc/wire.ts";

const date = day.describe("The day (UTC) that it is about, in `YYYY-MM-DD` format.");
const text = label(200).min(1).describe("What happened, 1 to 200 characters.");
const annotationId = idInput.describe("ID of the annotation.");

export const listAnnotationsInput = z.strictObject({
  start_date: day.describe("First day of the range (UTC), inclusive, in `YYYY-MM-DD` format."),
  end_date: day.describe("Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format."),
});
export const createAnnotationInput = z.strictObject({ date, text });
export const updateAnnotationInput = z.strictObject({
  id: annotationId,
  date: date.optional(),
  text: text.optional(),
});
export const annotationIdInput = z.strictObject({ id: annotationId });

export const annotationOutput = z
  .object({
    id: id.describe("ID of the annotation."),
    date: dayOutput.describe("The day (UTC) that it is about."),
    text: z.string().describe("What happened."),
    created_by: z
      .object({ user_id: id.describe("ID of the user."), email: z.string().describe("Their email address.") })
      .nullable()
      .describe("Who created it. `null` if the user was deleted."),
    created_at: instant.describe("When it was created."),
  })
  .meta({ id: "Annotation" });

export const annotationListOutput = z.object({
  items: z.array(annotationOutput).describe("Annotations of the range, in the order of their days."),
});
