import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { strategicMergePatch } from "./strategic-merge.ts";

const given = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  name: "web",
  namespace: "shop",
  origin: { file: "web.yaml", line: 1, column: 1, document: 0 },
  object: {
    metadata: { name: "web", namespace: "shop" },
    spec: {
      template: {
        spec: {
          containers: [
            { name: "logs" },
            { name: "web", lifecycle: { preStop: { exec: { command: ["sleep", "1"] } } } },
          ],
        },
      },
    },
  },
};
const podSpec = ["spec", "template", "spec"];

describe("a strategic merge patch", () => {
  it("names containers, and sets what has to go to null", () => {
    const object = "Deployment/shop/web";
    const patch = strategicMergePatch(given, [
      {
        object,
        path: [...podSpec, "containers", 1, "lifecycle", "preStop"],
        value: { sleep: { seconds: 5 } },
      },
      {
        object,
        path: [...podSpec, "containers", 1, "readinessProbe"],
        value: { tcpSocket: { port: 80 } },
      },
      { object, path: [...podSpec, "terminationGracePeriodSeconds"], value: 60 },
    ]);
    expect(parse(patch)).toEqual({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace: "shop" },
      spec: {
        template: {
          spec: {
            terminationGracePeriodSeconds: 60,
            containers: [
              {
                name: "web",
                lifecycle: { preStop: { sleep: { seconds: 5 }, exec: null } },
                readinessProbe: { tcpSocket: { port: 80 } },
              },
            ],
          },
        },
      },
    });
  });
});
