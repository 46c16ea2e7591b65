import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Panel } from "azure-devops-ui/Panel";

const words: readonly (readonly [string, string])[] = [
  ["wanted", "what the branch of the manifests repository has now"],
  ["running", "what the newest commit has, and its connector saw healthy in every active cluster"],
  ["in the cluster", "what the cluster's objects name, as its connector last told; unconfirmed"],
  ["last healthy", "the newest commit that was seen healthy, where that is not the newest one"],
  ["Unconfirmed", "the cluster's report and the commit status say different things"],
  ["stale", "nothing was heard of a cluster for ten minutes: what is shown may be old"],
  ["No connector", "nobody reports on it: git and pull requests are all that is known"],
];
const keys: readonly (readonly [string, string])[] = [
  ["?", "this help"],
  ["/", "search"],
  ["Esc", "close it, or leave the search"],
  ["Tab, Enter", "go to a link or button, and follow it"],
];

/** Help behind `?`: what the words mean, and the keys. `/` leads to the search. */
export function Help() {
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
          <div className="fg-help">
            <Words title="Words" rows={words} />
            <Words title="Keys" rows={keys} />
          </div>
        </Panel>
      )}
    </>
  );
}

function Words(props: {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}) {
  return (
    <>
      <h3>{props.title}</h3>
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
