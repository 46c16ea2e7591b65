import { refusals } from "../api-error.ts";
import { readEntryAt } from "../git/objects.ts";
import { listOf, type Call, type Route } from "../route.ts";
import { repositoryOf, resolveVersionedCommit } from "./git-call.ts";
import { itemJson } from "./item-json.ts";
import { cleanPath, listItemsBelow, recursionOf } from "./items.ts";

// Items - Get Items Batch (REST 7.1): a list of items for each descriptor.
export const itemsBatchRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "itemsBatch",
    id: "630fd2e4-fb88-4f85-ad21-13f3fd1fbca9",
    template: "{project?}/_apis/git/repositories/{repositoryId}/itemsBatch",
    methods: { POST: getBatch },
  },
];

type Body = {
  readonly itemDescriptors?: readonly {
    readonly path?: string;
    readonly version?: string;
    readonly versionType?: string | number;
    readonly versionOptions?: string;
    readonly recursionLevel?: string | number;
  }[];
  readonly includeContentMetadata?: boolean | string;
};

async function getBatch(call: Call) {
  const repository = repositoryOf(call);
  const { itemDescriptors = [], includeContentMetadata } = (call.body ?? {}) as Body;
  const withMetadata = String(includeContentMetadata) === "true";
  const lists = itemDescriptors.map(async (asked) => {
    const commit = await resolveVersionedCommit(repository, {
      version: asked.version,
      type: asked.versionType === undefined ? undefined : String(asked.versionType),
      options: asked.versionOptions,
    });
    const path = cleanPath(asked.path ?? "/");
    const entry = await readEntryAt(repository.directory, { commit, path });
    if (!entry) throw refusals.item(`/${path}`, asked.version ?? commit);
    const level = asked.recursionLevel;
    const recursion = recursionOf(level === undefined ? undefined : String(level));
    const items = await listItemsBelow(repository, { commit, entry, recursion });
    const place = { organisation: call.organisation, repository, commit };
    return items.map((one) =>
      itemJson(place, one, { withMetadata: withMetadata && one.path === path }),
    );
  });
  return listOf(await Promise.all(lists));
}
