// Why a letter is refused, in the words of the connector's log.
import assert from "node:assert/strict";
import { acceptLetter } from "../../../core/gate/accept-letter.ts";
import { entryProblem, judgeAuthor, type LetterAuthor } from "../../../core/gate/letter-author.ts";
import type { LetterFacts } from "../../../core/gate/letter-facts.ts";
import { parseLetter } from "../../../core/run/letter.ts";
import { build, buildService, facts, host, job, jobId, project } from "./a-letter.ts";
import { status, task, taskId, withRecords } from "./a-letter.ts";

const other = "99999999-9999-4999-8999-999999999999";
const verdictOf = (change: Partial<LetterFacts>) => {
  const verdict = acceptLetter(facts(change));
  return verdict.accepted ? verdict.environment : `${verdict.refusal}: ${verdict.text}`;
};
const waitsElsewhere = { ...task, task: { id: other, name: "Bash" } };

const rows: readonly (readonly [says: string, change: Partial<LetterFacts>, then: string])[] = [
  ["no build", { build: undefined }, "build: there is no build 7"],
  ["another build", { build: { ...build, id: 8 } }, "build: there is no build 7"],
  [
    "a build that has ended",
    { build: { ...build, status: "completed" } },
    "ended: build 7 has ended",
  ],
  [
    "a build that has not begun",
    { build: { ...build, status: "notStarted" } },
    "build: build 7 is notStarted",
  ],
  [
    "a build of another project",
    { build: { ...build, project: { id: other, name: "web" } } },
    "author: it is by shop Build Service, not by the build service of web",
  ],
  [
    "a build of the project by its name in capitals",
    { build: { ...build, project: { id: project.toUpperCase(), name: "SHOP" } } },
    "dev",
  ],
  [
    "a task that does not wait",
    withRecords(job, waitsElsewhere),
    "record: task Wait is no task that waits by letters of shop Build Service",
  ],
  [
    "a task of no kind",
    withRecords(job, { ...task, task: null }),
    "record: task Wait is no task that waits by letters of shop Build Service",
  ],
  [
    "a copy of the task under an id of its own",
    { ...withRecords(job, waitsElsewhere), waitTaskIds: [other.toUpperCase()] },
    "dev",
  ],
  [
    "a task that has ended with its job",
    withRecords({ ...job, state: "completed" }, { ...task, state: "completed" }),
    "ended: task Wait has ended already",
  ],
  [
    "a task that has ended, in no job",
    withRecords({ ...task, state: "completed" }),
    "ended: task Wait has ended already",
  ],
  [
    "a task that has ended in a job that goes on",
    withRecords(job, { ...task, state: "completed" }),
    "ended: task Wait has ended already",
  ],
  [
    "a task in another job",
    withRecords({ ...job, id: other }, { ...task, parentId: other }),
    "record: the task is not in the job that it names",
  ],
  [
    "a job by its id in capitals",
    withRecords({ ...job, id: "JOB" }, { ...task, parentId: "JOB" }),
    "record: the task is not in the job that it names",
  ],
  [
    "a job that waits for an agent",
    withRecords({ ...job, state: "pending" }, task),
    "record: job wait is pending",
  ],
];

describe("a letter that is refused", () => {
  for (const [says, change, then] of rows) {
    it(`${says}: ${then}`, () => assert.equal(verdictOf(change), then));
  }

  it("hands on the task that has ended while its job goes on", () => {
    const verdict = acceptLetter(facts(withRecords(job, { ...task, state: "completed" })));
    assert.ok(!verdict.accepted);
    assert.equal(verdict.unheard?.build.id, 7);
    assert.equal(verdict.unheard.record.id, taskId);
    assert.equal(verdict.unheard.job.id, jobId);
  });
});

describe("the author of a letter, in words", () => {
  const letter = parseLetter(status);
  assert.ok(letter);
  const person = { id: other, displayName: "Ari", descriptor: "aad.x" };
  const judged = (letterAuthors: readonly LetterAuthor[], author = person) => {
    const verdict = judgeAuthor(author, letter, { host, letterAuthors });
    return verdict.known ? `${verdict.project} ${verdict.entries?.length}` : verdict.text;
  };
  const entry = { id: other, project: "shop" };

  it("is a stranger where nobody lists it", () => {
    assert.equal(judged([]), "it is by Ari, not by a build service");
    assert.equal(judged([{ ...entry, id: project }]), "it is by Ari, not by a build service");
  });

  it("may not write for another environment", () => {
    const text = "it is by Ari, who may not write letters for dev";
    assert.equal(judged([{ ...entry, environments: ["prod"] }]), text);
    assert.equal(judged([{ ...entry, environments: ["prod", "dev"] }]), "shop 1");
  });

  it("may not claim that it is another project's build service", () => {
    const named = { ...letter, task: { ...letter.task, project: other } };
    const verdict = judgeAuthor(buildService(project), named, { host });
    assert.ok(!verdict.known);
    assert.match(verdict.text, /not by the build service of the project that it names$/);
  });

  it("may not write for another project", () => {
    const named = { ...letter, task: { ...letter.task, project } };
    const verdict = judgeAuthor(person, named, {
      ...{ host, letterAuthors: [{ ...entry, project: host }] },
    });
    assert.ok(!verdict.known);
    assert.equal(verdict.text, "it is by Ari, who may not write letters for that project");
  });

  it("is held to the projects and pipelines of its entries once the build is known", () => {
    const problem = (entries: readonly LetterAuthor[]) => entryProblem(entries, build, "Ari");
    assert.equal(problem([entry]), undefined);
    assert.equal(problem([{ ...entry, project }]), undefined);
    const elsewhere = { ...entry, project: "web" };
    assert.equal(problem([elsewhere]), "it is by Ari, who may not write letters for shop");
    const text = "it is by Ari, who may not write letters of pipeline shop-cd";
    const pipelines = (...definitions: readonly number[]) => ({ ...entry, definitions });
    assert.equal(problem([pipelines(4)]), text);
    assert.equal(problem([pipelines(4, 3)]), undefined, "one of several");
    assert.equal(problem([pipelines(4), pipelines(3)]), undefined, "one of several entries");
    assert.equal(problem([elsewhere, pipelines(4)]), text);
  });
});
