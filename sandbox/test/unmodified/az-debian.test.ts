import { ensureAzureCli } from "../../../scripts/tools/azure-cli.ts";
import { azFor, type OpenAz } from "./az.ts";
import { describeAzPipelines } from "./az-pipelines-cases.ts";
import { describeAzRepos } from "./az-repos-cases.ts";

const open: OpenAz = async () =>
  ensureAzureCli()
    ? async ({ organisationUrl }, token) => azFor(organisationUrl, token)
    : undefined;

describe("the Azure CLI of Debian: az pipelines", () => describeAzPipelines(open));
describe("the Azure CLI of Debian: az devops and az repos", () => describeAzRepos(open));
