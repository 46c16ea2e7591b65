import assert from "node:assert/strict";
import type { IdentityRef } from "../../../core/azure-devops/types.ts";
import { acceptLetter } from "../../../core/gate/accept-letter.ts";
import type { LetterFacts } from "../../../core/gate/letter-facts.ts";
import { invokeRestApiTaskId } from "../../../core/run/letter.ts";
import { carrier, facts, host, job, status, task, withRecords } from "./a-letter.ts";

// The other way: InvokeRESTAPI, whose service connection posts as an account of its own.
const account: IdentityRef = { id: host, displayName: "Letters", descriptor: "aad.letters" };
const byAccount = { ...status, createdBy: account };
const entry = { id: host, project: "shop", definitions: ["shop-cd"], environments: ["dev"] };
const invoke = { ...task, task: { id: invokeRestApiTaskId, name: "InvokeRESTAPI" } };
const invoked = {
  ...{ status: byAccount, letters: [{ commit: carrier, status: byAccount }] },
  ...{ letterAuthors: [entry], timeline: { id: "t", records: [job, invoke] } },
};

const rows: readonly (readonly [says: string, change: Partial<LetterFacts>, then: string])[] = [
  ["1: by a listed identity, for InvokeRESTAPI", invoked, "dev"],
  ["1: by an identity that is not listed", { ...invoked, letterAuthors: [] }, "author"],
  [
    "1: by one that is listed for another project",
    { ...invoked, letterAuthors: [{ ...entry, project: "web" }] },
    "author",
  ],
  [
    "1: by one that is listed for another environment",
    { ...invoked, letterAuthors: [{ ...entry, environments: ["prod"] }] },
    "author",
  ],
  [
    "1: by one that is listed for another pipeline",
    { ...invoked, letterAuthors: [{ ...entry, definitions: [4] }] },
    "author",
  ],
  [
    "1: by one that has several entries, of which one fits",
    { ...invoked, letterAuthors: [{ ...entry, project: "web" }, entry] },
    "dev",
  ],
  [
    "1: one entry's project does not lend itself to another's environment",
    {
      ...invoked,
      letterAuthors: [
        { ...entry, environments: ["prod"] },
        { ...entry, project: "web" },
      ],
    },
    "author",
  ],
  [
    "2: by a listed identity, for a WaitForFlux",
    { ...invoked, ...withRecords(job, task) },
    "record",
  ],
  ["2: by the build service, for an InvokeRESTAPI", withRecords(job, invoke), "record"],
  [
    "2: by a listed identity, for an InvokeRESTAPI that has ended",
    {
      ...invoked,
      ...withRecords({ ...job, state: "completed" }, { ...invoke, state: "completed" }),
    },
    "ended",
  ],
  [
    "4: two letters of a listed identity for one task",
    {
      ...invoked,
      letters: [
        { commit: carrier, status: byAccount },
        { commit: "c".repeat(40), status: { ...byAccount, id: 2 } },
      ],
    },
    "contradicted",
  ],
  [
    "4: what any job posts of an InvokeRESTAPI claims nothing",
    {
      ...invoked,
      letters: [
        { commit: carrier, status: byAccount },
        { commit: "c".repeat(40), status: { ...status, id: 2 } },
      ],
    },
    "dev",
  ],
  [
    "4: what a listed identity posts of a WaitForFlux claims nothing",
    {
      letterAuthors: [entry],
      letters: [
        { commit: carrier, status },
        { commit: "c".repeat(40), status: { ...byAccount, id: 2 } },
      ],
    },
    "dev",
  ],
];

describe("acceptLetter() of a listed identity: the other way to post a letter", () => {
  for (const [says, change, then] of rows) {
    it(says, () => {
      const verdict = acceptLetter(facts(change));
      assert.equal(verdict.accepted ? verdict.environment : verdict.refusal, then);
    });
  }
});
