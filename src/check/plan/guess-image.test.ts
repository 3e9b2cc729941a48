import { describe, expect, it } from "vitest";
import { guessImage, nextImage } from "./guess-image.ts";

describe("what an image's name tells", () => {
  it.each([
    ["nginx:1.27", { profile: "nginx", shell: true }],
    ["nginx:1.18.0", { profile: "nginx-before-1.19.5", shell: true }],
    ["registry.example:5000/shop/nginx", { profile: "nginx", shell: true }],
    ["httpd:2.4", { startup: "25ms", shell: true }],
    ["registry.example/orders-spring:3", { profile: "spring-boot", shell: true }],
    ["eclipse-temurin-jre@sha256:0a1b", { startup: "12s", shell: true }],
    ["node:22-alpine", { profile: "node", shell: true }],
    ["gcr.io/distroless/nodejs:22", { profile: "node", shell: false }],
    ["docker.io/bitnami/apache:2.4", { startup: "25ms", shell: true }],
    ["apache/airflow:2.9.3", { startup: "3s", shell: true }],
    ["quay.io/prometheus/node-exporter:v1.8.2", { startup: "3s", shell: true }],
    ["ghcr.io/shop/nginx-ingress-shop:1", { profile: "nginx", shell: true }],
    ["shop:1.0", { startup: "3s", shell: true }],
    ["shop:1.0-distroless", { startup: "3s", shell: false }],
    ["postgres:16-alpine", { startup: "2s", onSigterm: { mode: "fast" }, shell: true }],
    [
      "docker.io/bitnami/postgresql:16",
      { startup: "2s", onSigterm: { mode: "graceful" }, shell: true },
    ],
    ["quay.io/prometheuscommunity/postgres-exporter:v1", { startup: "3s", shell: true }],
    ["registry.example/redis", { startup: "500ms", onSigterm: { mode: "graceful" }, shell: true }],
    ["redis-sentinel-proxy:1", { startup: "3s", shell: true }],
    [
      "docker.elastic.co/elasticsearch/elasticsearch:8.14.0",
      { startup: "20s", onSigterm: { mode: "fast" }, shell: true },
    ],
  ])("%s", (name, wanted) => expect(guessImage(name).image).toEqual({ name, ...wanted }));

  it.each([
    ["web", "web:next"],
    ["web:1.0", "web:1.0-next"],
    ["registry:5000/web", "registry:5000/web:next"],
    ["web@sha256:0a1b", "web:next"],
    ["web:1@sha256:0a1b", "web:next"],
  ])("the next version of %s is %s", (name, next) => expect(nextImage(name)).toBe(next));
});
