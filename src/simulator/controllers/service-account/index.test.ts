import { expect, it } from "vitest";
import { namespaceController } from "../namespace/index.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { serviceAccountController } from "./index.ts";

const accounts = ({ api }: ToyCluster) =>
  api.list("serviceaccounts").map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);

it("each namespace has an account default, which comes again until the namespace goes", () => {
  const cluster = new ToyCluster([serviceAccountController, namespaceController]);
  const { api } = cluster;
  api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
  cluster.run(100);
  expect(accounts(cluster)).toEqual(["default/default", "shop/default"]);
  api.delete("serviceaccounts", "shop", "default");
  cluster.run(100);
  expect(accounts(cluster)).toEqual(["default/default", "shop/default"]);
  api.delete("namespaces", "", "shop");
  cluster.run(20_000);
  expect(accounts(cluster)).toEqual(["default/default"]);
  expect(api.find("namespaces", "", "shop")).toBeUndefined();
});
