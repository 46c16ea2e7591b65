// The recorded ids are not those that the sandbox gives: they are learned from answer to answer
// and put into the requests that follow.
const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{40}\b/gi;

export type Ids = {
  /** A text of a request, with the sandbox's ids. */
  readonly apply: (text: string) => string;
  /** Reads the ids of two answers to the same request. */
  readonly learn: (recorded: unknown, given: unknown, uri: string) => void;
};

export function createIds(): Ids {
  const known = new Map<string, string>();
  const numbers = new Map<string, string>();

  function pair(recorded: string, given: string): void {
    const [wanted, found] = [recorded.match(ids) ?? [], given.match(ids) ?? []];
    if (wanted.length !== found.length) return;
    wanted.forEach((id, index) => {
      const key = id.toLowerCase();
      const value = found[index] ?? id;
      if (!known.has(key)) known.set(key, value);
    });
  }

  function walk(recorded: unknown, given: unknown): void {
    if (typeof recorded === "string" && typeof given === "string") return pair(recorded, given);
    if (Array.isArray(recorded) && Array.isArray(given)) {
      return recorded.forEach((one: unknown, index) => {
        const same =
          named(one) === undefined
            ? (given[index] as unknown)
            : (given as unknown[]).find((other) => named(other) === named(one));
        walk(one, same);
      });
    }
    if (typeof recorded !== "object" || typeof given !== "object" || !recorded || !given) return;
    for (const [key, value] of Object.entries(recorded)) {
      walk(value, (given as Record<string, unknown>)[key]);
    }
  }

  return {
    learn: (recorded, given, uri) => {
      walk(recorded, given);
      learnNumber(recorded, given, uri);
    },
    apply: (text) =>
      text
        .replace(ids, (id) => known.get(id.toLowerCase()) ?? id)
        .replace(/\/(\w+)\/(\d+)(?=[/?"]|$)/g, (whole, resource: string, number: string) => {
          const given = numbers.get(`${resource.toLowerCase()}/${number}`);
          return given === undefined ? whole : `/${resource}/${given}`;
        })
        // The definition of a build to queue is a number in the body.
        .replace(
          /("definition": \{[^{}]*?"id": )(\d+)/,
          (whole, before: string, number: string) =>
            `${before}${numbers.get(`definitions/${number}`) ?? number}`,
        ),
  };

  // `POST …/pullRequests` answers `pullRequestId`; most other resources answer `id`. A list tells
  // them by name.
  function learnNumber(recorded: unknown, given: unknown, uri: string): void {
    const resource = /\/(\w+)(?:\?.*)?$/.exec(uri)?.[1]?.toLowerCase();
    if (resource === undefined) return;
    for (const one of listIn(recorded)) {
      const same = listIn(given).find((other) => named(other) === named(one));
      learnOne(resource, one, same);
    }
    learnOne(resource, recorded, given);
  }

  function learnOne(resource: string, recorded: unknown, given: unknown): void {
    for (const key of [`${resource.replace(/s$/, "")}id`, "id"]) {
      const [wanted, found] = [numberAt(recorded, key), numberAt(given, key)];
      if (wanted === undefined || found === undefined) continue;
      numbers.set(`${resource}/${wanted}`, String(found));
      return;
    }
  }
}

function listIn(value: unknown): readonly unknown[] {
  const list: unknown =
    typeof value === "object" && value !== null && "value" in value ? value.value : undefined;
  return Array.isArray(list) ? list.filter((one) => named(one) !== undefined) : [];
}

function numberAt(value: unknown, key: string): number | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const found = Object.entries(value).find(([name]) => name.toLowerCase() === key)?.[1] as unknown;
  return typeof found === "number" ? found : undefined;
}

function named(value: unknown): unknown {
  return typeof value === "object" && value !== null && "name" in value ? value.name : undefined;
}
