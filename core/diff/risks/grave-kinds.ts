// Kinds whose removal takes data, or everything below them, along; each with what goes.
const losses: Readonly<Record<string, string>> = {
  CustomResourceDefinition: "all objects of that kind go with it, in every namespace",
  Namespace: "everything in it goes with it",
  PersistentVolume: "its data may go with it",
  PersistentVolumeClaim: "its data may go with it",
  StatefulSet: "its pods stop; their volumes stay or go by its retention policy",
};

/** What is lost when an object of the kind is deleted; undefined for kinds that hold nothing. */
export function lossOf(kind: string): string | undefined {
  return Object.hasOwn(losses, kind) ? losses[kind] : undefined;
}
