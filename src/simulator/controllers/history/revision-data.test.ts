import { describe, expect, it } from "vitest";
import { hashRevision, isSameData, revisionData, templateOf } from "./revision-data.ts";

const DEFAULTED = {
  metadata: { labels: { app: "db" } },
  spec: {
    containers: [
      {
        name: "db",
        image: "postgres:15",
        imagePullPolicy: "IfNotPresent",
        ports: [{ containerPort: 80, protocol: "TCP" }],
        resources: {},
        terminationMessagePath: "/dev/termination-log",
        terminationMessagePolicy: "File",
      },
    ],
    dnsPolicy: "ClusterFirst",
    restartPolicy: "Always",
    schedulerName: "default-scheduler",
    securityContext: {},
    terminationGracePeriodSeconds: 30,
  },
};

describe("a revision", () => {
  it("is hashed as a real cluster does it", () => {
    expect(hashRevision(revisionData(DEFAULTED), 0)).toBe("6c4f64fcf");
    expect(hashRevision(revisionData(DEFAULTED), 1)).not.toBe("6c4f64fcf");
  });

  it("keeps a template and gives it back", () => {
    const data = revisionData(DEFAULTED);
    expect(data.spec.template).toMatchObject({
      $patch: "replace",
      metadata: { creationTimestamp: null, labels: { app: "db" } },
    });
    const revision = { data, revision: 1 } as unknown as Parameters<typeof templateOf>[0];
    expect(templateOf(revision)).toEqual(DEFAULTED);
  });

  it("is the same whatever the order of the fields", () => {
    const { metadata, spec } = DEFAULTED;
    const turned = { spec: Object.fromEntries(Object.entries(spec).toReversed()), metadata };
    expect(isSameData(revisionData(turned as typeof DEFAULTED), revisionData(DEFAULTED))).toBe(
      true,
    );
  });
});
