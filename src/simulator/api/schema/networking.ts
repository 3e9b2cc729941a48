/** Structs of k8s.io/api/networking/v1 for Ingresses. */
export const NETWORKING = `
package v1 io.k8s.api.networking
string PathType
ServiceBackendPort
  name string
  number int32
IngressServiceBackend
  name! string
  port ServiceBackendPort
IngressBackend
  service *IngressServiceBackend
  resource *TypedLocalObjectReference
HTTPIngressPath
  path string
  pathType! *PathType
  backend! IngressBackend
HTTPIngressRuleValue
  paths! []HTTPIngressPath
IngressRule
  host string
  http *HTTPIngressRuleValue
IngressTLS
  hosts []string
  secretName string
IngressSpec
  ingressClassName *string
  defaultBackend *IngressBackend
  tls []IngressTLS
  rules []IngressRule
IngressPortStatus
  port! int32
  protocol! Protocol
  error *string
IngressLoadBalancerIngress
  ip string
  hostname string
  ports []IngressPortStatus
IngressLoadBalancerStatus
  ingress []IngressLoadBalancerIngress
IngressStatus
  loadBalancer IngressLoadBalancerStatus
Ingress
+ TypeMeta
  metadata ObjectMeta
  spec IngressSpec
  status IngressStatus
`;
