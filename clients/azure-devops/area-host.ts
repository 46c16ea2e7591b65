/**
 * Where an area of the REST API is: the hosted service keeps some (`vssps`, `extmgmt`) on a host of
 * their own, Azure DevOps Server all on its one.
 */
export function areaHost(organisationUrl: string, area: "vssps" | "extmgmt"): string {
  const { hostname, pathname } = new URL(organisationUrl);
  if (hostname === "dev.azure.com") return `https://${area}.dev.azure.com${pathname}`;
  const legacy = /^([^.]+)\.visualstudio\.com$/.exec(hostname)?.[1];
  return legacy === undefined ? organisationUrl : `https://${area}.dev.azure.com/${legacy}`;
}
