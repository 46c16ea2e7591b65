import assert from "node:assert/strict";
import { createFetchedNews } from "../../connector/fetched-news.ts";
import type { ManifestsRepository } from "../../connector/manifests-repository.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { parseFluxObject } from "../../core/flux/parse-flux-object.ts";
import { aCluster, aSource } from "./a-cluster.ts";

const organisationUrl = "https://dev.azure.com/fabrikam";
const [older, head] = ["a", "b"].map((digit) => digit.repeat(40)) as [string, string];
const environment = { name: "dev", repository: "manifests", clusters: [{ name: "west" }] };

describe("what Flux has fetched", () => {
  let fetched: string;
  let known: string;
  let doubts: number;
  beforeEach(() => {
    [fetched, known, doubts] = [head, head, 0];
  });

  function news() {
    const cluster = {
      ...aCluster([]),
      flux: () => {
        const status = { artifact: { revision: `main@sha1:${fetched}` } };
        const source = { ...aSource(`${organisationUrl}/shop/_git/manifests`), status };
        return [parseFluxObject(source)].filter((one) => one !== undefined);
      },
    };
    const repository = {
      addresses: [{ organisationUrl, project: "shop", repository: "manifests" }],
      config: { branch: "main" },
      knownHead: () => known,
      doubtHead: () => void (doubts += 1),
    } as unknown as ManifestsRepository;
    const { look } = createFetchedNews({
      clusters: new Map([["west", cluster]]),
      repositories: new Map([["manifests", repository]]),
    });
    return () => look(environment as unknown as EnvironmentConfig);
  }

  it("is a doubt once where it went back to a commit that is not the head: a force push", () => {
    const look = news();
    look();
    fetched = older;
    look();
    look();
    assert.equal(doubts, 1);
  });

  it("is none where Flux only stays behind, or comes to the head", () => {
    fetched = older;
    const look = news();
    look();
    look();
    fetched = head;
    look();
    assert.equal(doubts, 0);
  });
});
