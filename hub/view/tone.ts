/** What a sign says beside its words. */
export type Tone = "good" | "bad" | "warning" | "running" | "waiting" | "plain";
