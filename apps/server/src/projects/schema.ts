import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { issueText } from "../rpc/validation-issues.ts";
import { day, dayOutput, id, idInput, instant, label } from "../rpc/wire.ts";

const name = label(80).min(1).describe("Name of the project, 1 to 80 characters. Unique in the team.");
const color = z
  .string()
  .max(7)
  .regex(/^#[0-9a-fA-F]{6}$/)
  .transform((text) => text.toLowerCase())
  .nullable()
  .describe("Color in charts, such as `#2563eb`. `null`: the web app chooses one.");
const description = label(500).nullable().describe("Description, at most 500 characters.");
const reference = label(100)
  .nullable()
  .describe("How the customer or cost center is named elsewhere, at most 100 characters. Shown on statements.");
const markup = z
  .number()
  .min(0)
  .max(1000)
  .multipleOf(0.01)
  .nullable()
  .describe("Percentage that statements add to the cost, 0 to 1000, with at most two decimals. `null` for none.");

export const createProjectInput = z.strictObject({
  name,
  color: color.default(null),
  description: description.default(null),
  reference: reference.default(null),
  markup_percent: markup.default(null),
});

const projectId = idInput.describe("ID of the project.");

export const projectIdInput = z.strictObject({ id: projectId });

export const updateProjectInput = z.strictObject({
  id: projectId,
  name: name.optional(),
  color: color.optional(),
  description: description.optional(),
  reference: reference.optional(),
  markup_percent: markup.optional(),
  archived: z
    .boolean()
    .optional()
    .describe("Whether the project is archived. Its keys and costs stay in reports of their days."),
});

const keySpan = z
  .strictObject({
    api_key_id: id.describe("ID of the key."),
    from: day.describe("First day (UTC) of the key in the project. It may be before the key was created."),
    to: day.nullable().describe("Day (UTC) from which the key is no longer in the project. `null` without an end."),
  })
  .superRefine(({ from, to }, check) => {
    if (to !== null && to <= from)
      check.addIssue({
        code: "custom",
        path: ["to"],
        message: issueText(message("field_not_after", { field: "from" })),
      });
  });

export const setKeysInput = z.strictObject({
  id: projectId,
  keys: z
    .array(keySpan)
    .max(5000)
    .describe(
      "All days of all keys in the project, at most 5000 entries. Replaces the ones before, also of past days.",
    ),
});

export const moveKeyInput = z.strictObject({
  id: projectId,
  api_key_id: idInput.describe("ID of the key."),
  from_date: day.describe(
    "First day (UTC) on which the key is no longer in this project. It must be in it on this day.",
  ),
  to_project_id: id.nullable().describe("ID of the project that gets the key from this day on. `null` for none."),
});

export const projectOutput = z
  .object({
    id: id.describe("ID of the project."),
    name: z.string().describe("Name of the project."),
    color: z.string().nullable().describe("Color in charts. `null`: the web app chooses one."),
    description: z.string().nullable().describe("Description."),
    reference: z.string().nullable().describe("How the customer or cost center is named elsewhere."),
    markup_percent: z.number().nullable().describe("Percentage that statements add to the cost. `null` for none."),
    archived_at: instant.nullable().describe("When the project was archived. `null` if it is not."),
    created_at: instant.describe("When it was created."),
    keys: z
      .array(
        z.object({
          api_key_id: id.describe("ID of the key."),
          api_key_name: z.string().describe("Current name of the key."),
          from: dayOutput.describe("First day (UTC) of the key in the project."),
          to: dayOutput
            .nullable()
            .describe("Day (UTC) from which the key is no longer in the project. `null` without an end."),
        }),
      )
      .describe("Keys of the project with their days, by name and day."),
  })
  .meta({ id: "Project" });

export const projectListOutput = z.object({
  items: z.array(projectOutput).describe("All projects of the team, at most 1,000: those not archived first, by name."),
});

export type ProjectOutput = z.infer<typeof projectOutput>;
