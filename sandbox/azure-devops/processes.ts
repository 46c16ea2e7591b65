// The process templates that every organisation has, with the service's own ids.
export const processes: readonly { readonly id: string; readonly name: string }[] = [
  { id: "6b724908-ef14-45cf-84f8-768b5384da45", name: "Scrum" },
  { id: "b8a3a935-7e91-48b8-a94c-606d37c3e9f2", name: "Basic" },
  { id: "adcc42ab-9882-485e-a3ed-7678f01f66bc", name: "Agile" },
  { id: "27450541-8e31-4150-9947-dc59f998fc01", name: "CMMI" },
];

export const basicProcess = "b8a3a935-7e91-48b8-a94c-606d37c3e9f2";
