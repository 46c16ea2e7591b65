/** A pipeline of the shipped template that takes `dev` of the delivery `shop` back, wholly or one app. */
export function rollbackPipeline(parameters: readonly ("to" | "app")[]): string {
  return `trigger: none
parameters:
${parameters.map((name) => `  - { name: ${name}, type: string }\n`).join("")}resources:
  repositories:
    - { repository: templates, type: git, name: fluxgate-templates }
    - { repository: manifests, type: git, name: manifests }
stages:
  - template: rollback.yml@templates
    parameters:
      delivery: shop
      environment: dev
${parameters.map((name) => `      ${name}: \${{ parameters.${name} }}\n`).join("")}      reason: it lost orders
      manifestsRepository: manifests
`;
}
