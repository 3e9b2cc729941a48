import { describe, expect, it } from "vitest";
import { placeAt } from "./place.ts";

const manifest = `apiVersion: apps/v1
kind: Deployment
spec:
  # how many
  replicas: 3

  template:
    spec:
      containers:
        - name: web
          image: nginx
          lifecycle:
            preStop:
              exec: { command: [sleep, "40"] }
        - name: second
      dnsPolicy: Default
---
kind: Service
spec:
  ports:
  - port: 80
    targetPort: 8080
    na
  sel`.split("\n");

const lineOf = (text: string) => manifest.findIndex((line) => line.trim() === text);

describe("placeAt", () => {
  it.each([
    ["kind: Deployment", "Deployment", [], "kind"],
    ["replicas: 3", "Deployment", ["spec"], "replicas"],
    ["template:", "Deployment", ["spec"], "template"],
    ["- name: web", "Deployment", ["spec", "template", "spec", "containers"], "name"],
    ["image: nginx", "Deployment", ["spec", "template", "spec", "containers"], "image"],
    ["- name: second", "Deployment", ["spec", "template", "spec", "containers"], "name"],
    ["dnsPolicy: Default", "Deployment", ["spec", "template", "spec"], "dnsPolicy"],
    ["- port: 80", "Service", ["spec", "ports"], "port"],
    ["na", "Service", ["spec", "ports"], "na"],
    ["sel", "Service", ["spec"], "sel"],
  ])("finds %s", (text, kind, parents, key) => {
    expect(placeAt(manifest, lineOf(text))).toMatchObject({ kind, parents, key });
  });

  it("passes through a hook's mapping inside of a list", () => {
    const at = lineOf('exec: { command: [sleep, "40"] }');
    const parents = ["spec", "template", "spec", "containers", "lifecycle", "preStop"];
    expect(placeAt(manifest, at)).toMatchObject({ parents, key: "exec" });
  });

  it("tells the keys that the mapping has already", () => {
    expect(placeAt(manifest, lineOf("image: nginx"))?.siblings.toSorted()).toEqual([
      "lifecycle",
      "name",
    ]);
    expect(placeAt(manifest, lineOf("na"))?.siblings.toSorted()).toEqual(["port", "targetPort"]);
  });

  it("takes an empty line by its indentation", () => {
    expect(placeAt(["spec:", "  "], 1)).toMatchObject({ parents: ["spec"], key: "" });
    expect(placeAt(["spec:", ""], 1)).toMatchObject({ parents: [], key: "" });
    expect(placeAt(["spec:", "  containers:", "  - "], 2)).toMatchObject({
      parents: ["spec", "containers"],
      keyColumn: 4,
    });
  });

  it.each(["# a comment", "---", "just some words", '"{{ }}'])("is nowhere in %s", (line) => {
    expect(placeAt([line], 0)).toBeUndefined();
  });
});
