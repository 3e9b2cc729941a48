import { describe, expect, it } from "vitest";
import { imagesUsed, ordinaryImage } from "./read-images.ts";

describe("an image without a description", () => {
  it.each([
    ["nginx", "graceful"],
    ["nginx:latest", "graceful"],
    ["nginx:1", "graceful"],
    ["nginx:1.27-alpine", "graceful"],
    ["docker.io/library/nginx:1.19.5", "graceful"],
    ["nginx:1.19.4", "fast"],
    ["nginx:1.18.0", "fast"],
    ["example.com/my-nginx:1.0", "graceful"],
    ["shop-web:1.0", "graceful"],
  ])("%s stops %s", (name, mode) => expect(ordinaryImage(name).onSigterm.mode).toBe(mode));
});

describe("the images of a scenario", () => {
  it("are found in templates and in set image commands", () => {
    const deployment = {
      spec: {
        template: {
          spec: {
            initContainers: [{ image: "init:1" }],
            containers: [{ image: "web:1" }, { image: "web:1" }],
          },
        },
      },
    };
    const commands = [
      "kubectl set image deployment/web web=web:2 --namespace=shop",
      "scale deployment/web --replicas=3",
    ];
    expect(imagesUsed([deployment, null, "text"], commands)).toEqual(["init:1", "web:1", "web:2"]);
  });
});
