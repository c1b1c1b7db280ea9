/** Names of the flags that the programs of Kubernetes 1.36 take; those in `…BOOLS` may stand without a value. */

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

const SERVING = `bind-address cert-dir http2-max-streams-per-connection permit-address-sharing permit-port-sharing secure-port
  tls-cert-file tls-cipher-suites tls-min-version tls-curve-preferences tls-private-key-file tls-sni-cert-key`
const LOGS = `allow-metric-labels allow-metric-labels-manifest disabled-metrics log-flush-frequency logging-format
  log-text-info-buffer-size log-text-split-stream log-json-info-buffer-size log-json-split-stream
  show-hidden-metrics-for-version v vmodule feature-gates emulated-version emulation-forward-compatible
  runtime-config-emulation-forward-compatible min-compatibility-version`
const REQUEST_HEADER = `requestheader-allowed-names requestheader-client-ca-file requestheader-extra-headers-prefix
  requestheader-group-headers requestheader-uid-headers requestheader-username-headers client-ca-file`
const DELEGATED = `authentication-kubeconfig authentication-skip-lookup authentication-token-webhook-cache-ttl
  authentication-tolerate-lookup-failure authorization-always-allow-paths authorization-kubeconfig
  authorization-webhook-cache-authorized-ttl authorization-webhook-cache-unauthorized-ttl`
const LEADER = `leader-elect leader-elect-lease-duration leader-elect-renew-deadline leader-elect-resource-lock
  leader-elect-resource-name leader-elect-resource-namespace leader-elect-retry-period`
const CLIENT = 'kube-api-burst kube-api-content-type kube-api-qps kubeconfig master'

export const BOOLS =
  set(`allow-privileged anonymous-auth enable-bootstrap-token-auth profiling contention-profiling leader-elect
  allocate-node-cidrs use-service-account-credentials enable-garbage-collector enable-priority-and-fairness
  service-account-lookup watch-cache audit-log-compress permit-address-sharing permit-port-sharing enable-aggregator-routing
  endpoint-reconciler-lease version help h authentication-skip-lookup authentication-tolerate-lookup-failure configure-cloud-routes
  enable-dynamic-provisioning pv-recycler-increment enable-hostpath-provisioner enable-leader-migration
  log-json-split-stream log-text-split-stream emulation-forward-compatible runtime-config-emulation-forward-compatible
  debug-socket disable-http2-serving strict-transport-security-directives service-account-extend-token-expiration
  coordinated-leadership-lease-pods disable-force-detach-on-timeout experimental-cluster-signing`)

export const APISERVER_FLAGS = set(`${SERVING} ${LOGS} ${REQUEST_HEADER} admission-control admission-control-config-file
  advertise-address aggregator-reject-forwarding-redirects anonymous-auth api-audiences audit-log-batch-buffer-size
  audit-log-batch-max-size audit-log-batch-max-wait audit-log-batch-throttle-burst audit-log-batch-throttle-enable
  audit-log-batch-throttle-qps audit-log-compress audit-log-format audit-log-maxage audit-log-maxbackup audit-log-maxsize
  audit-log-mode audit-log-path audit-log-truncate-enabled audit-log-truncate-max-batch-size audit-log-truncate-max-event-size
  audit-log-version audit-policy-file audit-webhook-batch-buffer-size audit-webhook-batch-max-size audit-webhook-batch-max-wait
  audit-webhook-config-file audit-webhook-initial-backoff audit-webhook-mode audit-webhook-version authentication-config
  authentication-token-webhook-cache-ttl authentication-token-webhook-config-file authentication-token-webhook-version
  authorization-config authorization-mode authorization-policy-file authorization-webhook-cache-authorized-ttl
  authorization-webhook-cache-unauthorized-ttl authorization-webhook-config-file authorization-webhook-version
  cors-allowed-origins debug-socket-path default-not-ready-toleration-seconds default-unreachable-toleration-seconds
  default-watch-cache-size delete-collection-workers disable-admission-plugins disable-http2-serving egress-selector-config-file
  enable-admission-plugins enable-logs-handler encryption-provider-config encryption-provider-config-automatic-reload
  endpoint-reconciler-type etcd-cafile etcd-certfile etcd-compaction-interval etcd-count-metric-poll-period
  etcd-db-metric-poll-interval etcd-healthcheck-timeout etcd-keyfile etcd-prefix etcd-readycheck-timeout etcd-servers
  etcd-servers-overrides event-ttl external-hostname goaway-chance kubelet-certificate-authority kubelet-client-certificate
  kubelet-client-key kubelet-port kubelet-preferred-address-types kubelet-read-only-port kubelet-timeout
  kubernetes-service-node-port lease-reuse-duration-seconds livez-grace-period max-connection-bytes-per-sec
  max-mutating-requests-inflight max-requests-inflight min-request-timeout oidc-ca-file oidc-client-id oidc-groups-claim
  oidc-groups-prefix oidc-issuer-url oidc-required-claim oidc-signing-algs oidc-username-claim oidc-username-prefix
  peer-advertise-ip peer-advertise-port peer-ca-file proxy-client-cert-file proxy-client-key-file request-timeout runtime-config
  service-account-issuer service-account-jwks-uri service-account-key-file service-account-max-token-expiration
  service-account-signing-endpoint service-account-signing-key-file service-cluster-ip-range service-node-port-range
  shutdown-delay-duration shutdown-send-retry-after shutdown-watch-termination-grace-period storage-backend
  storage-initialization-timeout storage-media-type token-auth-file tracing-config-file watch-cache-sizes
  max-request-body-bytes`)

export const CONTROLLER_MANAGER_FLAGS = set(`${SERVING} ${LOGS} ${REQUEST_HEADER} ${DELEGATED} ${LEADER} ${CLIENT}
  attach-detach-reconcile-sync-period cidr-allocator-type cloud-config cloud-provider cluster-cidr cluster-name
  cluster-signing-cert-file cluster-signing-duration cluster-signing-key-file cluster-signing-kube-apiserver-client-cert-file
  cluster-signing-kube-apiserver-client-key-file cluster-signing-kubelet-client-cert-file cluster-signing-kubelet-client-key-file
  cluster-signing-kubelet-serving-cert-file cluster-signing-kubelet-serving-key-file cluster-signing-legacy-unknown-cert-file
  cluster-signing-legacy-unknown-key-file concurrent-cron-job-syncs concurrent-daemonset-syncs concurrent-deployment-syncs
  concurrent-endpoint-syncs concurrent-ephemeralvolume-syncs concurrent-gc-syncs concurrent-horizontal-pod-autoscaler-syncs
  concurrent-job-syncs concurrent-namespace-syncs concurrent-rc-syncs concurrent-replicaset-syncs concurrent-resource-quota-syncs
  concurrent-service-endpoint-syncs concurrent-service-syncs concurrent-serviceaccount-token-syncs concurrent-statefulset-syncs
  concurrent-ttl-after-finished-syncs concurrent-validating-admission-policy-status-syncs configure-cloud-routes controllers
  controller-start-interval endpoint-updates-batch-period endpointslice-updates-batch-period external-cloud-volume-plugin
  flex-volume-plugin-dir horizontal-pod-autoscaler-cpu-initialization-period horizontal-pod-autoscaler-downscale-stabilization
  horizontal-pod-autoscaler-initial-readiness-delay horizontal-pod-autoscaler-sync-period horizontal-pod-autoscaler-tolerance
  large-cluster-size-threshold leader-migration-config legacy-service-account-token-clean-up-period max-endpoints-per-slice
  min-resync-period mirroring-concurrent-service-endpoint-syncs mirroring-endpointslice-updates-batch-period
  mirroring-max-endpoints-per-subset namespace-sync-period node-cidr-mask-size node-cidr-mask-size-ipv4 node-cidr-mask-size-ipv6
  node-eviction-rate node-monitor-grace-period node-monitor-period node-startup-grace-period pod-eviction-timeout
  pv-recycler-minimum-timeout-hostpath pvclaimbinder-sync-period resource-quota-sync-period root-ca-file route-reconciliation-period
  secondary-node-eviction-rate service-account-private-key-file service-cluster-ip-range terminated-pod-gc-threshold
  unhealthy-zone-threshold volume-host-allow-local-loopback volume-host-cidr-denylist`)

export const SCHEDULER_FLAGS = set(
  `${SERVING} ${LOGS} ${REQUEST_HEADER} ${DELEGATED} ${LEADER} ${CLIENT} config pod-max-in-unschedulable-pods-duration write-config-to`,
)

export const ETCD_FLAGS =
  set(`advertise-client-urls auth-token auth-token-ttl auto-compaction-mode auto-compaction-retention auto-tls
  backend-batch-interval backend-batch-limit backend-bbolt-freelist-type bcrypt-cost cert-file cipher-suites client-cert-allowed-hostname
  client-cert-auth client-cert-file client-crl-file client-key-file compact-hash-check-time compaction-batch-limit
  compaction-sleep-interval config-file corrupt-check-time cors data-dir discovery-cacert discovery-cert discovery-endpoints
  discovery-key discovery-srv discovery-srv-name discovery-token downgrade-check-time election-timeout enable-pprof feature-gates
  force-new-cluster grpc-keepalive-interval grpc-keepalive-min-time grpc-keepalive-timeout heartbeat-interval host-whitelist
  initial-advertise-peer-urls initial-cluster initial-cluster-state initial-cluster-token initial-election-tick-advance key-file
  listen-client-http-urls listen-client-urls listen-metrics-urls listen-peer-urls log-format log-level log-outputs log-rotation-config-json
  logger max-concurrent-streams max-learners max-request-bytes max-snapshots max-txn-ops max-wals memory-mlock metrics name
  peer-auto-tls peer-cert-allowed-cn peer-cert-allowed-hostname peer-cert-file peer-client-cert-auth peer-client-cert-file
  peer-client-key-file peer-crl-file peer-key-file peer-trusted-ca-file pre-vote proxy quota-backend-bytes self-signed-cert-validity
  snapshot-catchup-entries snapshot-count socket-reuse-address socket-reuse-port strict-reconfig-check tls-max-version tls-min-version
  trusted-ca-file unsafe-no-fsync v2-deprecation wal-dir warning-apply-duration warning-unary-request-duration
  watch-progress-notify-interval experimental-initial-corrupt-check experimental-watch-progress-notify-interval`)

export const ETCD_BOOLS =
  set(`auto-tls client-cert-auth enable-pprof force-new-cluster initial-election-tick-advance peer-auto-tls
  peer-client-cert-auth pre-vote socket-reuse-address socket-reuse-port strict-reconfig-check unsafe-no-fsync
  experimental-initial-corrupt-check memory-mlock version`)
