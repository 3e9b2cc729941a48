import { expect, it } from "vitest";
import type { WatchEvent, WatchEventType } from "../api/server.ts";
import type { Pod } from "../api/types.ts";
import { BY_LABEL, BY_NODE, BY_UID, Informer } from "./informer.ts";

const pod = (name: string, app: string, nodeName?: string): Pod => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name,
    namespace: "default",
    uid: `uid-${name}`,
    resourceVersion: "1",
    creationTimestamp: null,
    labels: { app },
  },
  spec: { containers: [], ...(nodeName === undefined ? {} : { nodeName }) },
  status: {},
});

function informer() {
  const state = Informer.emptyState();
  const pods = new Informer<"pods">(() => state);
  const take = (type: WatchEventType, object: Pod) =>
    pods.apply({
      type,
      resource: "pods",
      key: `default/${object.metadata.name}`,
      object,
    } as WatchEvent<"pods">);
  const of = (app: string) => pods.by(BY_LABEL, `default/app=${app}`).map((p) => p.metadata.name);
  return { pods, take, of };
}

it("an index holds what came before it was first asked for, and all that comes later", () => {
  const { pods, take, of } = informer();
  take("ADDED", pod("a", "web"));
  take("ADDED", pod("b", "db"));
  expect(of("web")).toEqual(["a"]);
  take("ADDED", pod("c", "web"));
  take("MODIFIED", pod("b", "web", "node-1"));
  take("DELETED", pod("a", "web"));
  expect(of("web")).toEqual(["c", "b"]);
  expect(of("db")).toEqual([]);
  expect(pods.by(BY_NODE, "node-1").map((p) => p.metadata.name)).toEqual(["b"]);
  take("MODIFIED", pod("c", "web", "node-1"));
  expect(pods.by(BY_NODE, "")).toEqual([]);
  expect(pods.by(BY_NODE, "node-1")).toHaveLength(2);
});

it("an object is found by its uid, one that took its name by its own", () => {
  const { pods, take } = informer();
  take("ADDED", pod("a", "web"));
  expect(pods.withUid("uid-a")?.metadata.name).toBe("a");
  const another = { ...pod("a", "web"), metadata: { ...pod("a", "web").metadata, uid: "uid-2" } };
  take("MODIFIED", another);
  expect(pods.by(BY_UID, "uid-a")).toEqual([]);
  expect(pods.withUid("uid-2")).toBe(another);
});
