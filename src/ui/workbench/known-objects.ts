import type { Run } from "../../simulator/index.ts";

/** Objects that can be named at a moment, as kubectl writes them; of other namespaces none. */
export function objectsAt({ timeline, live }: Run, ms: number): string[] {
  const pods = timeline.pods
    .filter(({ namespace, createdMs, goneMs = Infinity }) => {
      return namespace === "default" && createdMs <= ms && goneMs > ms;
    })
    .map(({ name }) => `pod/${name}`);
  const nodes = new Set(timeline.pods.flatMap(({ node }) => (node === undefined ? [] : [node])));
  // Workloads and Services come and go seldom: those of the run's end stand for those of now.
  const others = Object.keys(live).filter((id) => /^(?!pod\/)[^/]+\/[^/]+$/.test(id));
  return [...others, ...pods, ...[...nodes].map((name) => `node/${name}`)];
}
