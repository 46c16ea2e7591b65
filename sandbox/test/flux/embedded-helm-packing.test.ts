import { embeddedFlux } from "./embedded-flux.ts";
import { caseGroups, fluxContract } from "./flux-contract.ts";

fluxContract("the embedded Flux", embeddedFlux, [caseGroups.helmPacking]);
