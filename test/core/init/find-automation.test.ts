import assert from "node:assert/strict";
import { automationNotes } from "../../../core/init/find-automation.ts";

const flux = 'kind: Pod\nspec: { image: "api:1" } # {"$imagepolicy": "flux-system:api"}\n';
const argo = `kind: Application
metadata:
  annotations:
    argocd-image-updater.argoproj.io/image-list: api=registry.fabrikam.com/shop/api
`;

describe("what writes images by itself", () => {
  it("is named by what it is: rendering drops a marker, and no annotation", () => {
    const notes = automationNotes([
      { path: "a.yaml", text: flux },
      { path: "b.yaml", text: argo },
      { path: "c.yaml", text: "kind: Pod\n" },
    ]);
    const [marker = "", annotation = ""] = notes;
    assert.equal(notes.length, 2);
    assert.match(marker, /^a\.yaml:2: an image automation writes here; .*no marker/);
    assert.match(
      annotation,
      /^b\.yaml:4: Argo CD Image Updater changes what this Application runs/,
    );
    assert.doesNotMatch(annotation, /marker/);
  });

  it("is named in a few places where it writes in many", () => {
    const files = [1, 2, 3, 4, 5, 6, 7].map((id) => ({ path: `${id}.yaml`, text: flux }));
    assert.match(automationNotes(files)[0] ?? "", /^1\.yaml:2, .*5\.yaml:2 and 2 more: /);
  });
});
