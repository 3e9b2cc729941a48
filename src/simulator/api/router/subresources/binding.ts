import { isPlain } from "../../patch/plain.ts";
import { StatusError } from "../../status-error.ts";
import { writeOptions } from "../options.ts";
import { get } from "../read.ts";
import type { ApiRequest, ApiResponse } from "../request.ts";
import type { Place } from "../write.ts";

/** POST of `pods/NAME/binding` (registry/core/pod/storage BindingREST.Create). */
export function bind({ api, kind, namespace, name }: Place, request: ApiRequest): ApiResponse {
  const { dryRun } = writeOptions("CreateOptions", request);
  const target = isPlain(request.body) ? request.body.target : undefined;
  const { kind: targetKind, name: nodeName } = isPlain(target) ? target : {};
  if (targetKind !== undefined && targetKind !== "" && targetKind !== "Node") {
    throw invalidBinding(
      "target.kind",
      `Unsupported value: "${String(targetKind)}": supported values: "Node", "<empty>"`,
    );
  }
  if (typeof nodeName !== "string" || nodeName === "") {
    throw invalidBinding("target.name", "Required value");
  }
  get(api, kind, namespace, name);
  if (!dryRun) api.bind(namespace ?? "", name, nodeName);
  const body = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 };
  return { status: 201, body, warnings: [] };
}

function invalidBinding(field: string, detail: string): StatusError {
  const type = field === "target.name" ? "FieldValueRequired" : "FieldValueNotSupported";
  return new StatusError("Invalid", `Binding "" is invalid: ${field}: ${detail}`, {
    kind: "Binding",
    causes: [{ field, type, detail }],
  });
}
