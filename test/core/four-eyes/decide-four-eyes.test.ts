import assert from "node:assert/strict";
import {
  decideFourEyes,
  type Approval,
  type FourEyesFacts,
} from "../../../core/four-eyes/decide-four-eyes.ts";
import type { Someone } from "../../../core/four-eyes/person.ts";

const someone = (name: string, ...accounts: readonly string[]): Someone => ({ name, accounts });
const dana = someone("Dana Developer", "id-dana", "dana@fabrikam.com");
const ari = someone("Ari Approver", "id-ari", "ari@fabrikam.com");
const approval = (by: Someone, change: Partial<Approval> = {}): Approval => ({
  ...{ by, isPerson: true, isCurrent: true },
  ...change,
});
const facts = (change: Partial<FourEyesFacts>): FourEyesFacts => ({
  approvals: [],
  involved: [{ who: dana, how: "wrote 12ab34cd" }],
  unclear: [],
  people: [],
  ...change,
});

const rows: readonly (readonly [
  string,
  Partial<FourEyesFacts>,
  "succeeded" | "pending",
  RegExp,
])[] = [
  ["nobody has approved", {}, "pending", /nobody has approved yet/],
  ["somebody else approved", { approvals: [approval(ari)] }, "succeeded", /by Ari Approver/],
  ["the writer approved", { approvals: [approval(dana)] }, "pending", /Dana Developer wrote 12ab/],
  [
    "the writer and somebody else approved",
    { approvals: [approval(dana), approval(ari)] },
    "succeeded",
    /by Ari Approver/,
  ],
  [
    "who asked for the run approved",
    { approvals: [approval(ari)], involved: [{ who: ari, how: "asked for run 7" }] },
    "pending",
    /Ari Approver asked for run 7/,
  ],
  [
    "the writer has a second identity with the same mail",
    { approvals: [approval(someone("D. Dev", "id-other", "DANA@fabrikam.com"))] },
    "pending",
    /D\. Dev wrote 12ab34cd \(as Dana Developer\)/,
  ],
  [
    "the writer has a second identity of the same name",
    { approvals: [approval(someone("dana  developer", "id-other", "dd@home.net"))] },
    "pending",
    /wrote 12ab34cd/,
  ],
  [
    "the configuration says that two identities are one person's",
    {
      approvals: [approval(someone("DD", "id-other", "dd@home.net"))],
      people: [someone("Dana", "dana@fabrikam.com", "dd@home.net")],
    },
    "pending",
    /DD wrote 12ab34cd/,
  ],
  [
    "a group or a service approved",
    { approvals: [approval(someone("[shop]\\Team", "g"), { isPerson: false })] },
    "pending",
    /Team is no person/,
  ],
  [
    "a machine's account approved",
    { approvals: [approval(ari)], people: [{ ...someone("bot", "id-ari"), bot: true }] },
    "pending",
    /Ari Approver is no person/,
  ],
  [
    "the approval is older than the last push",
    { approvals: [approval(ari, { isCurrent: false })] },
    "pending",
    /before the last push/,
  ],
  [
    "something could not be read",
    { approvals: [approval(ari)], unclear: ["the run 7 is not to be seen"] },
    "pending",
    /it cannot be told: the run 7/,
  ],
  [
    "two nameless ones are not one for that",
    {
      approvals: [approval(someone("", "id-ari"))],
      involved: [{ who: someone("", "id-dana"), how: "wrote it" }],
    },
    "succeeded",
    /approved by/,
  ],
];

describe("four-eyes", () => {
  for (const [says, change, state, text] of rows) {
    it(`is ${state} where ${says}`, () => {
      const verdict = decideFourEyes(facts(change));
      assert.equal(verdict.state, state);
      assert.match(verdict.text, text);
    });
  }
});
