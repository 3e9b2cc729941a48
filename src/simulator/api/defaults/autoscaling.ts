/* Defaults of autoscaling/v2: pkg/apis/autoscaling/v2/defaults.go. */
import type { HorizontalPodAutoscaler, HPAScalingRules } from "../types.ts";
import { fillAbsent, mapField, withField } from "./fill.ts";

const CPU_UTILIZATION = {
  type: "Resource",
  resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
};

const SCALE_UP: HPAScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: "Max",
  policies: [
    { type: "Pods", value: 4, periodSeconds: 15 },
    { type: "Percent", value: 100, periodSeconds: 15 },
  ],
};

/** The window of scaling down is the controller manager's own, so that it has no default here. */
const SCALE_DOWN: HPAScalingRules = {
  selectPolicy: "Max",
  policies: [{ type: "Percent", value: 100, periodSeconds: 15 }],
};

/** SetDefaults_HorizontalPodAutoscaler. */
export function setAutoscalerDefaults(
  autoscaler: HorizontalPodAutoscaler,
): HorizontalPodAutoscaler {
  let spec = fillAbsent(autoscaler.spec ?? ({} as HorizontalPodAutoscaler["spec"]), {
    minReplicas: 1,
  });
  if ((spec.metrics ?? []).length === 0) spec = { ...spec, metrics: [CPU_UTILIZATION] };
  spec = mapField(spec, "behavior", (behavior) => ({
    ...behavior,
    scaleUp: fillAbsent(behavior.scaleUp ?? {}, SCALE_UP),
    scaleDown: fillAbsent(behavior.scaleDown ?? {}, SCALE_DOWN),
  }));
  return withField(autoscaler, "spec", spec);
}
