// Branch policies as the service keeps them: the parts that are read and written here.

export type PolicyScope = {
  readonly repositoryId?: string | null;
  readonly refName?: string | null;
  readonly matchKind?: string;
};

export type PolicySettings = Readonly<Record<string, unknown>> & {
  readonly scope?: readonly PolicyScope[];
};

export type Policy = {
  readonly id: number;
  readonly isEnabled?: boolean;
  readonly isBlocking?: boolean;
  readonly isDeleted?: boolean;
  readonly type: { readonly id: string; readonly displayName?: string };
  readonly settings?: PolicySettings;
};

/** Ids of types; the same in every organisation. */
export const policyTypeIds = {
  minimumReviewers: "fa4e907d-c16b-4a4c-9dfa-4906e5d171dd",
  mergeStrategy: "fa4e907d-c16b-4a4c-9dfa-4916e5d171ab",
  requiredReviewers: "fd2167ab-b0be-447a-8ec8-39368250530e",
  build: "0609b952-1397-4640-95ec-e00a01b2c241",
  status: "cbdc66da-9728-4af8-aada-9a5a32e4a226",
} as const;

export type PolicyKind = keyof typeof policyTypeIds;

export function isOfType({ type }: Policy, kind: PolicyKind): boolean {
  return type.id.toLowerCase() === policyTypeIds[kind];
}

/** One that a branch should have. */
export type WantedPolicy = {
  readonly kind: PolicyKind;
  /** For people: `4-eyes: 1 approval by somebody else`. */
  readonly title: string;
  readonly settings: Readonly<Record<string, unknown>>;
};
