import { describe, expect, it } from "vitest";
import { failed, MERGE, pod, PODS, prepared, type Short } from "./testing.ts";

describe("watch", () => {
  const from = (resourceVersion: string, query: object = {}): Short => [
    "GET",
    PODS,
    undefined,
    { query: { watch: "true", resourceVersion, ...query } },
  ];
  const typesOf = (body: unknown) =>
    (body as { type: string; object: { metadata: { name?: string } } }[]).map(
      ({ type, object }) => `${type} ${object.metadata.name ?? ""}`,
    );

  it("begins with what is there when no version is given", () => {
    const { body } = prepared().send(from(""));
    expect(typesOf(body)).toEqual(["ADDED a", "ADDED b"]);
  });

  it("goes on after the version given, in order", () => {
    const server = prepared();
    const version = String(server.api.resourceVersion);
    server.ok("PATCH", `${PODS}/a`, { metadata: { labels: { v: "2" } } }, MERGE);
    server.ok("DELETE", `${PODS}/a`);
    server.ok("POST", PODS, pod("c"));
    const { body } = server.send(from(version, { allowWatchBookmarks: "true" }));
    expect(typesOf(body)).toEqual([
      "MODIFIED a",
      "MODIFIED a",
      "DELETED a",
      "ADDED c",
      "BOOKMARK ",
    ]);
  });

  it("tells a selecting watcher of what leaves and enters its selection", () => {
    const server = prepared();
    const version = String(server.api.resourceVersion);
    server.ok("PATCH", `${PODS}/a`, { metadata: { labels: { app: "x" } } }, MERGE);
    server.ok("PATCH", `${PODS}/b`, { metadata: { labels: { app: "a" } } }, MERGE);
    const { body } = server.send(from(version, { labelSelector: "app=a" }));
    expect(typesOf(body)).toEqual(["DELETED a", "ADDED b"]);
  });

  it("knows nothing of changes that were undone, nor of those of another future", () => {
    const server = prepared();
    const early = server.kernel.snapshot();
    const version = String(server.api.resourceVersion);
    server.ok("POST", PODS, pod("undone"));
    server.ok("POST", PODS, pod("undone-too"));
    const late = server.kernel.snapshot();
    server.kernel.restore(early);
    server.ok("POST", PODS, pod("c"));
    expect(typesOf(server.send(from(version)).body)).toEqual(["ADDED c"]);
    server.kernel.restore(late);
    expect(server.send(from(version))).toMatchObject({
      status: 410,
      body: failed("too old resource version: 4 (6)", "Expired"),
    });
  });

  it("refuses a version of the future", () => {
    expect(prepared().send(from("999"))).toMatchObject({
      status: 504,
      body: failed("Too large resource version: 999, current: 4", "Timeout"),
    });
  });
});
