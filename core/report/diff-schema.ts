// JSON Schema of what `fluxgate diff --format json` prints.
import { riskRules } from "../diff/find-risks.ts";
import { noiseNames } from "../diff/noise.ts";

const text = { type: "string" } as const;
const identity = {
  kind: text,
  namespace: { ...text, description: "Empty for an object of the cluster." },
  name: text,
} as const;

const edit = {
  type: "object",
  required: ["path", "class"],
  additionalProperties: false,
  properties: {
    path: {
      ...text,
      description: "`spec.template.spec.containers[api].image`: items by what names them.",
    },
    before: {
      description:
        "Absent for what is added. Integers beyond 2^53 are texts; values of Secrets are masked.",
    },
    after: { description: "Absent for what is removed." },
    reordered: { const: true, description: "Items changed places; the values are both lists." },
    class: {
      // Rules of teams are for pages: the tool tells what differs.
      enum: ["change", ...Object.keys(noiseNames).filter((name) => name !== "team-rule")],
      description: "`change`, or why it is minor.",
    },
  },
} as const;

const object = {
  type: "object",
  required: ["kind", "namespace", "name", "change", "file", "edits"],
  additionalProperties: false,
  properties: {
    ...identity,
    change: { enum: ["added", "changed", "removed"] },
    renamedFrom: {
      ...text,
      description: "The name before, where only a generated suffix changed.",
    },
    unknownBefore: {
      const: true,
      description: "Its file could not be read before: the edits are all that it is now.",
    },
    kept: {
      const: true,
      description: "Removed from git, and stays in the cluster: nothing deletes it.",
    },
    file: text,
    root: { ...text, description: "What it is applied with: a folder, or a Flux Kustomization." },
    madeBy: { ...text, description: "The HelmRelease whose chart renders it, if one does." },
    edits: { type: "array", items: edit, description: "Empty for what is added or removed." },
  },
} as const;

export const diffSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  $id: "https://fluxgate.dev/schemas/diff.schema.json",
  title: "What fluxgate diff --format json prints",
  type: "object",
  required: ["verdict", "complete", "objects", "risks", "problems", "otherFiles"],
  additionalProperties: false,
  properties: {
    verdict: {
      ...text,
      description:
        "The first line of the text: what changes, how risky it is, what was not judged.",
    },
    complete: {
      type: "boolean",
      description:
        "Whether everything was read, built and compared; else `problems` names the rest.",
    },
    objects: { type: "array", items: object },
    risks: {
      type: "array",
      description: "Gravest first.",
      items: {
        type: "object",
        required: ["rule", "severity", "kind", "namespace", "name", "text"],
        additionalProperties: false,
        properties: {
          rule: { enum: riskRules },
          severity: { enum: ["high", "medium"] },
          ...identity,
          text,
          root: {
            ...text,
            description:
              "That of the object among `objects` it speaks of: the same name may stand in several.",
          },
        },
      },
    },
    problems: { type: "array", items: text, description: "`file:line:column: message`." },
    otherFiles: {
      type: "array",
      items: text,
      description: "Changed files that hold nothing that Flux applies.",
    },
    server: {
      type: "object",
      description:
        "What the API server's own code was asked of what comes or changes; what it would refuse stands among the risks.",
      required: ["complete", "judged", "notJudged"],
      additionalProperties: false,
      properties: {
        complete: {
          type: "boolean",
          description:
            "Whether it judged all that comes or changes; else `notJudged` says what not.",
        },
        kubernetes: {
          type: "string",
          description: "The minor version whose code it is; absent where it was not asked.",
        },
        judged: { type: "integer", description: "So many objects were judged." },
        refused: {
          type: "integer",
          description: "So many of them it would refuse, and would not have refused before.",
        },
        notJudged: { type: "array", items: text, description: "What was not judged, and why." },
      },
    },
  },
} as const;
