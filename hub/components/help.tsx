import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Panel } from "azure-devops-ui/Panel";

type Rows = readonly (readonly [string, string])[];

const environmentWords: Rows = [
  ["wanted", "what the branch of the manifests repository has now"],
  ["running", "what the newest commit has, and its connector saw healthy in every active cluster"],
  ["in the cluster", "what the cluster's objects name, as its connector last told; unconfirmed"],
  ["last healthy", "the newest commit that was seen healthy, where that is not the newest one"],
  ["Unconfirmed", "the cluster's report and the commit status say different things"],
  [
    "stale",
    "the report of a cluster is overdue (it comes every ten minutes, changed or not): what is shown may be old",
  ],
  ["No connector", "nobody reports on it: git and pull requests are all that is known"],
];
const reviewWords: Rows = [
  ["High, Medium", "what somebody should look at twice; the reference of risks has each rule"],
  ["minor edits", "labels, checksums, order, defaults: folded and counted, shown when asked"],
  ["pods restart", "the pods of this workload are replaced"],
  ["its effect is not known here", "something is applied that could not be built or rendered here"],
  ["digest", "what a vote is recorded for: another result has another one"],
];
const reviewKeys: Rows = [
  ["j, k", "next and previous object, where the keyboard is among the objects"],
  ["n, p", "next and previous object that is not ticked as viewed"],
  ["v", "tick the object as viewed, or take the tick away"],
];
const keys: Rows = [
  ["?", "this help"],
  ["/", "search"],
  ["Esc", "close it, or leave the search"],
  ["Tab, Enter", "go to a link or button, and follow it"],
];

/** Help behind `?`: what the words of a page mean, and the keys. `/` leads to the search. */
export function Help({ of }: { readonly of: "environments" | "review" }) {
  const [open, setOpen] = React.useState(false);
  React.useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      if (target?.closest("input, textarea, select") || event.ctrlKey || event.metaKey) return;
      if (event.key === "?") setOpen(true);
      if (event.key === "/") {
        const search = document.querySelector<HTMLInputElement>("input[type=search]");
        if (search) event.preventDefault();
        search?.focus();
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <Button subtle={true} text="Help (?)" onClick={() => setOpen(true)} />
      {open && (
        <Panel titleProps={{ text: "Help" }} onDismiss={() => setOpen(false)}>
          <div className="fg-help" role="group" aria-label="Words and keys" tabIndex={0}>
            <Words title="Words" rows={of === "review" ? reviewWords : environmentWords} />
            <Words title="Keys" rows={of === "review" ? [...keys, ...reviewKeys] : keys} />
          </div>
        </Panel>
      )}
    </>
  );
}

function Words(props: { readonly title: string; readonly rows: Rows }) {
  return (
    <>
      <h2>{props.title}</h2>
      <dl className="fg-words">
        {props.rows.map(([word, meaning]) => (
          <React.Fragment key={word}>
            <dt>{word}</dt>
            <dd>{meaning}</dd>
          </React.Fragment>
        ))}
      </dl>
    </>
  );
}
