import { expect, it } from "vitest";
import { frontOf } from "./front-container.ts";

const pod = (...images: string[]) => ({
  spec: {
    template: {
      spec: {
        containers: images.map((image, i) => ({
          name: `c${i}`,
          image,
          ports: [{ containerPort: 8000 + i }],
        })),
      },
    },
  },
});

it.each([
  ["nginx before a program", pod("nginx:1.27", "shop/portal:2"), 8000, { front: 0, behind: 1 }],
  [
    "oauth2-proxy after it",
    pod("shop/admin:3", "quay.io/oauth2-proxy/oauth2-proxy:v7"),
    8001,
    { front: 1, behind: 0 },
  ],
  ["nginx beside what ships its logs", pod("nginx:1.27", "fluent/fluent-bit:3"), 8000, undefined],
  ["nginx beside two programs", pod("nginx:1.27", "a:1", "b:1"), 8000, undefined],
  ["a program that the Service leads to", pod("nginx:1.27", "shop/portal:2"), 8001, undefined],
  ["nginx alone", pod("nginx:1.27"), 8000, undefined],
])("%s", (_, workload, port, found) => expect(frontOf(workload, port)).toEqual(found));
