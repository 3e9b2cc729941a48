import { describe, expect, it } from "vitest";
import { setDeploymentDefaults } from "../defaults/workloads.ts";
import type { Deployment } from "../types.ts";
import { verdict } from "./testing.ts";
import { validateDeployment } from "./workloads.ts";

describe("a StatefulSet", () => {
  const named = (name: string) =>
    verdict({
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name },
      spec: {
        selector: { matchLabels: { app: "web" } },
        template: {
          metadata: { labels: { app: "web" } },
          spec: { containers: [{ name: "web", image: "shop-web:1.0" }] },
        },
      },
    });

  it("has a name that can stand in a hostname", () => {
    expect(named("web")).toEqual([]);
    expect(named("web.db")).toEqual([
      'metadata.name: Invalid value: "web.db": must not contain dots',
    ]);
  });
});

describe("a Deployment that goes back in its own spec", () => {
  const errors = (revision: number) =>
    validateDeployment(
      setDeploymentDefaults({
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web", namespace: "default" },
        spec: {
          selector: { matchLabels: { app: "web" } },
          template: {
            metadata: { labels: { app: "web" } },
            spec: { containers: [{ name: "web", image: "shop-web:1.0" }] },
          },
          rollbackTo: { revision },
        },
      } as unknown as Deployment),
    ).map(({ field }) => field);

  it("goes to the last revision (0) or to a numbered one, to none below", () => {
    expect([...errors(0), ...errors(7)]).toEqual([]);
    expect(errors(-1)).toEqual(["spec.rollback.version"]);
  });
});
