/**
 * Structs of the Gateway API's v1 (sigs.k8s.io/gateway-api/apis/v1 of release 1.2). Those whose name another group uses, too, begin with
 * `Gateway` or `Route` here. All fields of specs are pointers: a custom object has what was given, and no zeros for what was not.
 */
export const GATEWAY = `
package v1 io.k8s.networking.gateway
GatewayClassParametersReference
  group! *string
  kind! *string
  name! *string
  namespace *string
GatewayClassSpec
  controllerName! *string
  parametersRef *GatewayClassParametersReference
  description *string
GatewayClassStatus
  conditions []Condition
  supportedFeatures []Raw
GatewayClass
+ TypeMeta
  metadata ObjectMeta
  spec! GatewayClassSpec
  status GatewayClassStatus
SecretObjectReference
  group *string
  kind *string
  name! *string
  namespace *string
GatewayTLSConfig
  mode *string
  certificateRefs []SecretObjectReference
  frontendValidation Raw
  options map[string]string
RouteNamespaces
  from *string
  selector *LabelSelector
RouteGroupKind
  group *string
  kind! *string
AllowedRoutes
  namespaces *RouteNamespaces
  kinds []RouteGroupKind
Listener
  name! *string
  hostname *string
  port! *int32
  protocol! *string
  tls *GatewayTLSConfig
  allowedRoutes *AllowedRoutes
GatewaySpecAddress
  type *string
  value *string
GatewayInfrastructure
  labels map[string]string
  annotations map[string]string
  parametersRef Raw
GatewaySpec
  gatewayClassName! *string
  listeners! []Listener
  addresses []GatewaySpecAddress
  infrastructure *GatewayInfrastructure
  backendTLS Raw
ListenerStatus
  name! string
  supportedKinds! []RouteGroupKind
  attachedRoutes! int32
  conditions! []Condition
GatewayStatus
  addresses []GatewaySpecAddress
  conditions []Condition
  listeners []ListenerStatus
Gateway
+ TypeMeta
  metadata ObjectMeta
  spec! GatewaySpec
  status GatewayStatus
RouteParentReference
  group *string
  kind *string
  namespace *string
  name! *string
  sectionName *string
  port *int32
HTTPPathMatch
  type *string
  value *string
HTTPHeaderMatch
  type *string
  name! *string
  value! *string
HTTPRouteMatch
  path *HTTPPathMatch
  headers []HTTPHeaderMatch
  queryParams []HTTPHeaderMatch
  method *string
RouteHTTPHeader
  name! *string
  value! *string
HTTPHeaderFilter
  set []RouteHTTPHeader
  add []RouteHTTPHeader
  remove []string
RouteBackendObjectReference
  group *string
  kind *string
  name! *string
  namespace *string
  port *int32
RouteFraction
  numerator! *int32
  denominator *int32
HTTPRequestMirrorFilter
  backendRef! *RouteBackendObjectReference
  percent *int32
  fraction *RouteFraction
HTTPPathModifier
  type! *string
  replaceFullPath *string
  replacePrefixMatch *string
HTTPRequestRedirectFilter
  scheme *string
  hostname *string
  path *HTTPPathModifier
  port *int32
  statusCode *int32
HTTPURLRewriteFilter
  hostname *string
  path *HTTPPathModifier
RouteExtensionReference
  group! *string
  kind! *string
  name! *string
HTTPRouteFilter
  type! *string
  requestHeaderModifier *HTTPHeaderFilter
  responseHeaderModifier *HTTPHeaderFilter
  requestMirror *HTTPRequestMirrorFilter
  requestRedirect *HTTPRequestRedirectFilter
  urlRewrite *HTTPURLRewriteFilter
  extensionRef *RouteExtensionReference
HTTPBackendRef
+ RouteBackendObjectReference
  weight *int32
  filters []HTTPRouteFilter
HTTPRouteTimeouts
  request *string
  backendRequest *string
HTTPRouteRetry
  codes []int32
  attempts *int32
  backoff *string
HTTPRouteRule
  name *string
  matches []HTTPRouteMatch
  filters []HTTPRouteFilter
  backendRefs []HTTPBackendRef
  timeouts *HTTPRouteTimeouts
  retry *HTTPRouteRetry
  sessionPersistence Raw
HTTPRouteSpec
  parentRefs []RouteParentReference
  hostnames []string
  rules []HTTPRouteRule
RouteParentStatus
  parentRef! RouteParentReference
  controllerName! string
  conditions []Condition
HTTPRouteStatus
  parents! []RouteParentStatus
HTTPRoute
+ TypeMeta
  metadata ObjectMeta
  spec! HTTPRouteSpec
  status HTTPRouteStatus
`;
