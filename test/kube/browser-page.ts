// What a page does with the door, for the browser's tests. Bundled there, never imported.
import { openKubeInBrowser } from "../../kube/open-browser.ts";

Object.assign(globalThis, {
  buildInBrowser: async () => {
    const kube = openKubeInBrowser({
      makeWorker: () => new Worker("/worker.js"),
      folder: `${location.origin}/`,
      minor: 36,
      digest: "",
    });
    const settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n";
    const result = await kube.build({ files: { "a/settings.yaml": settings }, path: "a" });
    kube.close();
    return JSON.stringify(result);
  },
});
