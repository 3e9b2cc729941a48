import { describe, expect, it } from "vitest";
import { checkManifests, reportSchema, runInTurn } from "./index.ts";

type Schema = Readonly<Record<string, unknown>>;

/** What is wrong with a value by a schema; the keywords are those that the schema uses. */
function problems(value: unknown, schema: Schema, at = "$"): string[] {
  if (typeof schema.$ref === "string") {
    const definitions = reportSchema.$defs as Readonly<Record<string, Schema>>;
    return problems(value, definitions[schema.$ref.replace("#/$defs/", "")]!, at);
  }
  if ("const" in schema)
    return value === schema.const ? [] : [`${at}: not ${String(schema.const)}`];
  if (Array.isArray(schema.enum))
    return schema.enum.includes(value) ? [] : [`${at}: ${String(value)}`];
  if (Array.isArray(schema.anyOf)) {
    const each = (schema.anyOf as Schema[]).map((one) => problems(value, one, at));
    return each.find((found) => found.length === 0) ?? each.flat();
  }
  const types = [schema.type].flat() as string[];
  if (types.includes("array")) {
    if (!Array.isArray(value)) return [`${at}: no array`];
    return value.flatMap((item, i) => problems(item, schema.items as Schema, `${at}[${i}]`));
  }
  if (types.includes("object")) return problemsOfObject(value as Schema, schema, at);
  if (schema.type === undefined) return [];
  const kind = Number.isInteger(value) && types.includes("integer") ? "integer" : typeof value;
  return types.includes(kind) ? [] : [`${at}: a ${kind} is no ${types.join()}`];
}

function problemsOfObject(value: Schema, schema: Schema, at: string): string[] {
  if (typeof value !== "object" || value === null) return [`${at}: no object`];
  const known = (schema.properties ?? {}) as Readonly<Record<string, Schema>>;
  const missing = ((schema.required ?? []) as string[]).filter((name) => !(name in value));
  return [
    ...missing.map((name) => `${at}.${name}: missing`),
    ...Object.entries(value).flatMap(([name, child]) => {
      const own = known[name] ?? schema.additionalProperties;
      if (own === false) return [`${at}.${name}: unknown`];
      return typeof own === "object" ? problems(child, own as Schema, `${at}.${name}`) : [];
    }),
  ];
}

const SERVICE =
  "apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { selector: { app: a }, ports: [{ port: 80 }] }\n";
const deployment = (strategy: string, image = "nginx:1.27") => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: a }
spec:
  strategy: ${strategy}
  selector: { matchLabels: { app: a } }
  template:
    metadata: { labels: { app: a } }
    spec: { containers: [{ name: a, image: "${image}" }] }
`;

describe("the published schema", () => {
  it.each([
    ["a patch", SERVICE + deployment("{ type: RollingUpdate }", "app:1")],
    ["one that strategy and preStop mend", SERVICE + deployment("{ type: Recreate }")],
    ["no Service", deployment("{ type: Recreate }")],
    ["something ignored", "apiVersion: a/v1\nkind: B\nmetadata: { name: c }\n"],
  ])("fits a report with %s", async (_, text) => {
    const files = [{ name: "a.yaml", text }];
    const result = await checkManifests({ files, seeds: 3 }, runInTurn);
    if (result.kind !== "checked") throw new Error("was not taken");
    const report: unknown = JSON.parse(JSON.stringify(result.report));
    expect(problems(report, reportSchema)).toEqual([]);
  });

  it("does not fit something else", () => {
    expect(problems({ schema: "rollout-lab/check/v2" }, reportSchema)).toContain(
      "$.schema: not rollout-lab/check/v1",
    );
  });
});
