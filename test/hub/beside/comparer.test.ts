import assert from "node:assert/strict";
import { createComparer, type WorkerLike } from "../../../hub/data/beside/comparer.ts";
import type { FromWorker, ToWorker } from "../../../hub/data/beside/questions.ts";
import { TerminalError } from "../../../core/errors.ts";
import { eventually } from "../../support/eventually.ts";

/** A worker that does what a test says; none of them knows that another one took its place. */
type Fake = WorkerLike & { readonly got: ToWorker[]; readonly say: (message: FromWorker) => void };

function fakes(onPost: (fake: Fake, message: ToWorker) => void = () => undefined) {
  const made: Fake[] = [];
  const ended: Fake[] = [];
  const spawn = (): WorkerLike => {
    const fake: Fake = {
      ...{ onmessage: null, onmessageerror: null, onerror: null, got: [] },
      say: (data) => fake.onmessage?.({ data } as MessageEvent<FromWorker>),
      postMessage: (message: ToWorker) => {
        fake.got.push(message);
        onPost(fake, message);
      },
      terminate: () => void ended.push(fake),
    };
    made.push(fake);
    return fake;
  };
  return { made, ended, spawn };
}

const token = () => Promise.resolve("t");
const given = { organisationUrl: "https://dev.azure.com/fabrikam", token };
const find = { id: "1", text: "x" };

function isNotCompared(error: unknown): boolean {
  return error instanceof TerminalError && error.code === "not-compared";
}

describe("the worker that compares, as a page sees it", () => {
  it("answers each question with its own answer, in whatever order they come", async () => {
    const { made, spawn } = fakes();
    const comparer = createComparer({ ...given, spawn });
    const [one, other] = [comparer.ask("find", find), comparer.ask("find", find)];
    const [first, second] = made[0]?.got ?? [];
    assert.ok(first?.kind === "ask" && second?.kind === "ask");
    made[0]?.say({ kind: "answer", id: second.id, answer: ["second"] });
    made[0]?.say({ kind: "answer", id: first.id, answer: ["first"] });
    assert.deepEqual([await one, await other], [["first"], ["second"]]);
    comparer.close();
  });

  it("is asked anew after it died, and what it says later counts for nothing", async () => {
    const { made, ended, spawn } = fakes();
    const comparer = createComparer({ ...given, spawn });
    const lost = comparer.ask("find", find);
    const [old] = made;
    old?.onerror?.({ message: "out of memory" } as ErrorEvent);
    await assert.rejects(lost, isNotCompared);
    assert.equal(ended.length, 1);
    const next = comparer.ask("find", find);
    const [asked] = made[1]?.got ?? [];
    assert.ok(asked?.kind === "ask");
    old?.say({ kind: "answer", id: asked.id, answer: ["of the dead"] });
    made[1]?.say({ kind: "answer", id: asked.id, answer: ["alive"] });
    assert.deepEqual(await next, ["alive"]);
    comparer.close();
  });

  it("is given up when it falls silent, not while it says that it works", async () => {
    const { made, ended, spawn } = fakes();
    const comparer = createComparer({ ...given, spawn, tickMs: 1 });
    const silent = comparer.ask("find", find);
    await assert.rejects(silent, isNotCompared);
    assert.deepEqual([made.length, ended.length], [1, 1]);
    let talks = 0;
    const works = comparer.ask("find", find);
    const talking = setInterval(() => {
      made[1]?.say({ kind: "alive" });
      talks += 1;
    }, 1);
    await eventually("many words", async () => (talks > 200 ? true : undefined));
    clearInterval(talking);
    const [asked] = made[1]?.got ?? [];
    assert.ok(asked?.kind === "ask");
    made[1]?.say({ kind: "answer", id: asked.id, answer: [] });
    assert.deepEqual(await works, []);
    comparer.close();
  });

  it("ends in words where the browser starts none", async () => {
    const comparer = createComparer({
      ...given,
      spawn: () => {
        throw new Error("the worker's address is another site's");
      },
    });
    await assert.rejects(comparer.ask("find", find), /Failed to compare .*another site's/);
  });

  it("refuses what is open when the page goes on, and all that is asked then", async () => {
    const { made, ended, spawn } = fakes();
    const comparer = createComparer({ ...given, spawn });
    const open = comparer.ask("find", find);
    comparer.close();
    await assert.rejects(open, isNotCompared);
    await assert.rejects(comparer.ask("find", find), isNotCompared);
    assert.deepEqual([made.length, ended.length], [1, 1]);
  });

  it("gets the page's token, and hears where there is none", async () => {
    let signedIn = true;
    const { made, spawn } = fakes();
    const comparer = createComparer({
      ...given,
      spawn,
      token: () => (signedIn ? token() : Promise.reject(new Error("signed out"))),
    });
    const open = comparer.ask("find", find);
    made[0]?.say({ kind: "token-please", id: 7 });
    await eventually("the token", async () => made[0]?.got[1]);
    assert.deepEqual(made[0]?.got[1], { kind: "token", id: 7, token: "t" });
    signedIn = false;
    made[0]?.say({ kind: "token-please", id: 8 });
    await eventually("the refusal", async () => made[0]?.got[2]);
    assert.deepEqual(made[0]?.got[2], {
      ...{ kind: "no-token", id: 8, error: { message: "signed out" } },
    });
    comparer.close();
    await assert.rejects(open);
  });
});
